import type { Caller } from '@hub/kit/caller.ts'
import { dayOf, plusDays } from '@hub/kit/day.ts'
import { callerAs, type BenchRoom } from './cases-room.ts'

/** One question that portals and desks ask all day; the n-th time about something else. */
export interface Question {
  readonly name: string
  readonly caller: (n: number) => Caller
  readonly source: string
  readonly variables: (n: number) => object
  /** Whether the supervision room is asked in place of the cases room. */
  readonly isOfSupervision?: boolean
}

const NODE = `number title status urgency matterType district receivedAt assignments { department { code } status dueOn }`
const PAGE = `query ($filter: CaseFilter, $first: Int, $after: String) {
  cases(filter: $filter, first: $first, after: $after) { edges { cursor node { ${NODE} } } pageInfo { hasNextPage } } }`
const METRICS = [
  'responseRate',
  'solvedRate',
  'satisfiedRate',
  'onTimeRate',
  'redoRate',
  'returnRate',
  'overdueRate',
]
  .map((each) => `${each} { numerator denominator value ranked }`)
  .join(' ')
const DISTRICTS = ['历下区', '市中区', '槐荫区', '历城区', '长清区', '章丘区', '钢城区', '商河县']
const STATUSES = [
  ['ARCHIVED'],
  ['CLOSED'],
  ['HANDLING', 'REPLIED'],
  ['REDO'],
  ['DISPATCHED', 'REGISTERED'],
  ['WITHDRAWN'],
]
const TEXTS = [
  '暖气不热',
  '积水',
  '拖欠工资',
  '枫汇佳苑',
  '瑞钰',
  '公积金贷款',
  '暖气退费',
  '云栖花园停水',
  '出租车拒载',
  '没有这样的话',
]
const UNITS = ['JN-SCJ', 'JN-U-HEAT', 'JN-D-LX', 'JN-S-LX-YJ', 'JN-U-GAS', 'JN-HOTLINE', 'JN-XFZD', 'JN-D-SH']
const MATTERS = ['HELP', 'COMPLAINT', 'REPORT', 'PRAISE', 'SUGGESTION', 'CONSULTATION']
const STORIES = [
  ['暖气不热', '枫汇佳苑整栋楼停暖两天没有人通知,家里有老人和孩子'],
  ['下雨严重积水', '云栖花园门口每次下雨路面积水没过小腿,车辆无法通行'],
  ['拖欠工资', '工地拖欠三个月工资,包工头不接电话'],
  ['自来水发黄', '锦绣家园水龙头流出来的水发黄有异味,已经持续一周了'],
  ['夜间施工噪声扰民', '工地凌晨还在施工,机器轰鸣声整夜不停,影响正常生活'],
]

const office = callerAs('OFFICE')
const of = <Value>(values: readonly Value[], n: number): Value => {
  const value = values[n % values.length]
  if (value === undefined) throw new Error('nothing to ask about')
  return value
}
const filtered = (
  name: string,
  filter: (n: number) => object,
  caller: (n: number) => Caller = () => office,
): Question => ({
  name,
  caller,
  source: PAGE,
  variables: (n) => ({ filter: filter(n), first: 20 }),
})
const portal = (n: number): Caller => callerAs('PORTAL', { district: of(DISTRICTS, n) })

/** The questions of a register: which numbers and places there are is read from it first. */
export async function questionsOf({ database }: BenchRoom): Promise<readonly Question[]> {
  const { sql } = database
  const sampled = await sql<
    { number: string }[]
  >`select number from "case" tablesample bernoulli (1) limit 400`
  const deep = await Promise.all(
    DISTRICTS.map(async (district) => {
      const [row] = await sql<{ number: string }[]>`
        select number from "case" where district = ${district} order by number desc offset 2000 limit 1`
      return Buffer.from(JSON.stringify([row?.number ?? ''])).toString('base64url')
    }),
  )
  const [tenThousandth] = await sql<
    { number: string }[]
  >`select number from "case" order by number desc offset 9980 limit 1`
  const page500 = Buffer.from(JSON.stringify([tenThousandth?.number ?? ''])).toString('base64url')
  const codes = await sql<{ code: string }[]>`select code from department_ref order by code limit 50`
  const representations = codes.map(({ code }) => ({ __typename: 'Department', code }))
  const today = dayOf(new Date())
  const span = (n: number): object => {
    const from = plusDays('2024-02-01', (n * 37) % 990)
    return { receivedFrom: from, receivedTo: plusDays(from, of([0, 7, 30], n)) }
  }
  const list = `query ($department: ID!, $status: [AssignmentStatus!]) { assignments(department: $department, status: $status, first: 20) {
    edges { node { id status dueOn case { number title status } } } } }`
  return [
    filtered('portal: district', () => ({}), portal),
    filtered('portal: district, status', (n) => ({ status: of(STATUSES, Math.floor(n / 8)) }), portal),
    filtered('portal: district, text', (n) => ({ text: of(TEXTS, Math.floor(n / 8)) }), portal),
    filtered('office: text', (n) => ({ text: of(TEXTS, n) })),
    filtered('office: status', (n) => ({ status: of(STATUSES, n) })),
    filtered('office: unit, matter', (n) => ({
      department: of(UNITS, n),
      matterType: [of(MATTERS, Math.floor(n / 8))],
    })),
    filtered('office: channel', (n) => ({ channel: [of(['WEIBO', 'SMS', 'APP', 'PHONE'], n)] })),
    filtered('office: channel, matter', (n) => ({
      channel: [of(['WEIBO', 'SMS'], n)],
      matterType: [of(MATTERS, n)],
    })),
    filtered('office: dates', span),
    filtered('portal: district, dates', span, portal),
    filtered(
      'unit: its own',
      () => ({}),
      (n) => callerAs('DEPARTMENT', { department: of(UNITS, n) }),
    ),
    {
      name: 'office: 500th page',
      caller: () => office,
      source: PAGE,
      variables: () => ({ filter: {}, first: 20, after: page500 }),
    },
    {
      name: 'portal: 100th page',
      caller: portal,
      source: PAGE,
      variables: (n) => ({ filter: {}, first: 20, after: of(deep, n) }),
    },
    {
      name: 'case, with its timeline',
      caller: () => office,
      source: `query ($number: String!) { case(number: $number) { ${NODE} content caller { name phone } timeline { kind at by caseStatus } } }`,
      variables: (n) => of(sampled, n),
    },
    {
      name: 'assignments of a unit',
      caller: () => office,
      source: list,
      variables: (n) => ({ department: of(UNITS, n) }),
    },
    {
      name: 'open assignments of a unit',
      caller: () => office,
      source: list,
      variables: (n) => ({ department: of(UNITS, n), status: ['ISSUED', 'ACCEPTED', 'REDO'] }),
    },
    {
      name: 'open assignments of 50 units',
      caller: () => office,
      source:
        'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Department { openAssignments } } }',
      variables: () => ({ representations }),
    },
    {
      name: "today's register",
      caller: () => office,
      source: PAGE,
      variables: () => ({ filter: { receivedFrom: today, receivedTo: today }, first: 100 }),
    },
    {
      name: "today's duty log",
      caller: () => office,
      source: `query ($day: Date!) { dutyLog(day: $day) { entries(first: 50) { edges { node { serial caller { name phone } done case { number title } } } } } }`,
      variables: () => ({ day: today }),
    },
    {
      name: "all units' month",
      caller: () => office,
      source: `query ($from: Date!, $to: Date!) { performance(from: $from, to: $to) { department { code } assigned replied ${METRICS} moves } }`,
      variables: (n) => ({ from: plusDays(today, -30 - (n % 40)), to: plusDays(today, -(n % 40)) }),
      isOfSupervision: true,
    },
    {
      name: 'similar cases',
      caller: () => office,
      source: `query ($title: String!, $content: String!) { similarCases(title: $title, content: $content) { score case { number title } } }`,
      variables: (n) => {
        const [title, content] = of(STORIES, n)
        return { title, content }
      },
    },
  ]
}
