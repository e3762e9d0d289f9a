import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Caller } from '@hub/kit/caller.ts'
import { schema } from '@hub/supervision/graph/schema.ts'
import { runLadder } from '@hub/supervision/work/deadlines.ts'
import { getNamedType, isLeafType, isObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { sightOf, valuesAt } from '../support/cases-sight.ts'
import { at, caseEvent } from '../support/supervision-case.ts'
import { callerOf } from '../support/supervision-caller.ts'
import { numbers, openSupervisionGraph } from '../support/supervision-graph.ts'

const { ask, room } = await openSupervisionGraph()
const office = callerOf('OFFICE')
const unit = callerOf('DEPARTMENT', 'JN-CGJ')
const NUMBER = numbers[1] ?? ''

/** Everybody who looks. The case was given to JN-CGJ and JN-D-LX. */
const viewers: Readonly<Record<string, Caller>> = {
  office,
  operator: callerOf('OPERATOR'),
  leader: callerOf('LEADER'),
  unit,
  'other unit': callerOf('DEPARTMENT', 'JN-JYJ'),
  portal: callerOf('PORTAL'),
  oversight: callerOf('OVERSIGHT'),
  admin: callerOf('ADMIN'),
  subgraph: callerOf('SUBGRAPH'),
}

const clock = `{ __typename: "Assignment", id: "${NUMBER}-a", status: "ISSUED", dueOn: "2026-11-11", redoBy: null,
  replyRequired: true, suspended: false, capOn: "2026-12-31", policyVersion: "JN-2018-1" }`
const ofCase = (way: string): string =>
  `_entities(representations: [{ __typename: "Case", number: "${NUMBER}" }]) { ... on Case { ${way} } }`

/** The way to each type that tells of a case, as other rooms and clients come to it, with the field in place of `…`. */
const ways: Readonly<Record<string, string>> = {
  Assignment: `_entities(representations: [${clock}]) { ... on Assignment { … } }`,
  CaseSupervision: ofCase('supervision { … }'),
  SupervisionOrder: ofCase('supervision { orders { … } }'),
  OrderInstruction: ofCase('supervision { orders { instruction { … } } }'),
  SupervisionAnswer: ofCase('supervision { orders { answers { … } } }'),
  SupervisionStep: 'supervisionSteps(first: 100) { nodes { … } }',
  LeaderReport: 'openDisagreements { … }',
  Investigation: 'investigations { … }',
  InvestigationParticipant: 'investigations { participants { … } }',
}

/** Types of no single case: sums, publications and people's answers, which have tests of their own; and what only leads on. */
const ASIDE =
  /^(Case|Department|DepartmentPerformance|PerformanceMetric|PageInfo|Suggestion|Topic|Report.*|Survey.*|.*Connection|.*Edge)$/
/** What the cases room tells of an assignment comes in with the question. */
const GIVEN = new Set([
  'id',
  'status',
  'dueOn',
  'redoBy',
  'replyRequired',
  'suspended',
  'capOn',
  'policyVersion',
])

function leavesOf(type: string): string[] {
  const found = schema.getType(type)
  if (!isObjectType(found)) throw new Error(`there is no object type ${type}`)
  return Object.values(found.getFields())
    .filter((field) => isLeafType(getNamedType(field.type)))
    .map(({ name }) => name)
    .filter((name) => type !== 'Assignment' || !GIVEN.has(name))
}

async function done(caller: Caller, mutation: string): Promise<Record<string, unknown>> {
  const { data, codes } = await ask(caller, `mutation { ${mutation} }`)
  expect(codes).toEqual([])
  return data ?? {}
}

async function fill(): Promise<void> {
  const issued = await done(
    office,
    `issueSupervisionOrder(input: { kind: DIRECTIVE, subject: "指令督办", departments: ["JN-CGJ"], caseNumber: "${NUMBER}",
      requirement: "请限期办结。", instruction: { leader: "分管副市长", text: "限期解决。", on: "2026-11-20" } }) { id }`,
  )
  const order = issued['issueSupervisionOrder'] as { id: string }
  await done(unit, `answerSupervisionOrder(order: "${order.id}", text: "已安排。") { id }`)
  await done(
    office,
    `openInvestigation(input: { subject: "现场调查", reason: "群众关注", place: "路口", plannedOn: "2026-11-24", cases: ["${NUMBER}"],
      departments: ["JN-CGJ"], media: ["济南日报"] }) { id }`,
  )
  await room.tell(caseEvent('DisputeRaised', at('2026-11-20'), { case: NUMBER, caseStatus: 'REPORTED' }))
  await runLadder({ db: room.supervision.orm, now: at('2026-11-23') })
}
await fill()

async function seenOf(caller: Caller, way: string, field: string): Promise<readonly unknown[] | null> {
  const { data, codes } = await ask(caller, `{ ${way.replace('…', field)} }`)
  const values = valuesAt(data, way.replace(/\([^)]*\)/g, '').replace(/\.\.\. on \w+ \{/g, ''), field)
  return codes.includes('FORBIDDEN') && values.every((value) => value === null) ? null : values
}

async function sheet(): Promise<string> {
  const lines = [
    `| field | ${Object.keys(viewers).join(' | ')} |`,
    `|---|${'---|'.repeat(Object.keys(viewers).length)}`,
  ]
  for (const [type, way] of Object.entries(ways))
    for (const field of leavesOf(type)) {
      const all = (await seenOf(office, way, field)) ?? []
      const cells: string[] = []
      for (const caller of Object.values(viewers)) {
        const seen = await seenOf(caller, way, field)
        cells.push(seen === null ? 'refused' : sightOf(seen, all))
      }
      lines.push(`| ${type}.${field} | ${cells.join(' | ')} |`)
    }
  return [
    '# Who sees what of the supervision of a case',
    '',
    'Every leaf field of every type, as each viewer reads it of a case that is late, urged, disputed and looked at on site. **full** as the office has it, **redacted** what of it is theirs, **part** some of it hidden, **hidden** null, **–** nothing to see, **refused** the question is. `UPDATE_SIGHT=1` writes it anew: read each change.',
    '',
    ...lines,
    '',
  ].join('\n')
}

describe('what supervision knows of a case', () => {
  it('stands in the table, whatever type it has', () => {
    const types = Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .map(({ name }) => name)
      .filter((name) => !/^_|^(Query|Mutation|Subscription)$/.test(name) && !ASIDE.test(name))
    expect(types.toSorted()).toEqual(Object.keys(ways).toSorted())
  })

  it('is seen by each role as the table says, by whatever path (R18, R24-R27, R53)', async () => {
    const file = path.join(import.meta.dirname, 'supervision-sight.txt')
    const now = await sheet()
    if (process.env['UPDATE_SIGHT'] === '1' || !existsSync(file)) writeFileSync(file, now)
    expect(now.split('\n')).toEqual(readFileSync(file, 'utf8').split('\n'))
  })
})
