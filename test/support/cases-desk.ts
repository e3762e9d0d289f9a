import { schema } from '@hub/cases/graph/schema.ts'
import type { Caller } from '@hub/kit/caller.ts'
import { isObjectType, getNamedType } from 'graphql'
import { callerAs, openCasesGraph } from './cases-graph.ts'

export const operator = callerAs('OPERATOR')
export const office = callerAs('OFFICE')
export const leader = callerAs('LEADER')
export const clerk = (department: string): Caller => callerAs('DEPARTMENT', { department })
export const WATER = 'JN-U-WATER'
export const HOUSING = 'JN-ZJJ'
export const LIXIA = 'JN-D-LX'
export const LIXIA_STREET = 'JN-S-LX-QFS'

type Values = Readonly<Record<string, unknown>>

/** What a mutation came to: the codes of its refusals, and number or id and status of what it changed. */
export interface Acted {
  readonly codes: readonly string[]
  readonly status: string | null
  readonly id: string | null
}

/** The cases room as people at their desks use it: mutations by name, and what each left behind. */
export async function openDesk() {
  const graph = await openCasesGraph()
  const { ask, database } = graph

  async function act(who: Caller, mutation: string, values: Values): Promise<Acted> {
    const { data, codes } = await ask(who, documentOf(mutation), values)
    const found = data?.[mutation] as { readonly key: string; readonly status: string } | null | undefined
    return { codes, status: found?.status ?? null, id: found?.key ?? null }
  }

  /** Acts and answers with the id; anything but success fails the test. */
  async function done(who: Caller, mutation: string, values: Values): Promise<string> {
    const { codes, id } = await act(who, mutation, values)
    if (codes.length > 0 || id === null) throw new Error(`${mutation}: ${codes.join(', ')}`)
    return id
  }

  async function kindsOf(number: string): Promise<string[]> {
    const rows = await database.sql<{ kind: string }[]>`
      select kind from case_event where case_number = ${number} order by place`
    return rows.map(({ kind }) => kind)
  }

  /** What the stream of a unit, or the emergency stream, was told of a case. */
  async function toldOf(stream: string, number: string): Promise<string[]> {
    const rows = await database.sql<{ kind: string }[]>`
      select kind from event where stream = ${stream} and data->>'case' = ${number} order by seq`
    return rows.map(({ kind }) => kind)
  }

  async function statusOf(number: string): Promise<string> {
    const [row] = await database.sql<{ status: string }[]>`select status from "case" where number = ${number}`
    return row?.status ?? 'NONE'
  }

  /** The id of the assignment that a unit has of a case, the latest one. */
  async function taskOf(number: string, department = WATER): Promise<string> {
    const [row] = await database.sql<{ id: string }[]>`
      select id from assignment where case_number = ${number} and department = ${department} order by id desc limit 1`
    return row?.id ?? ''
  }

  const register = (more: Values = {}, who = operator): Promise<string> =>
    done(who, 'registerCase', { input: { ...aCall, ...more } })

  async function dispatch(number: string, departments: readonly string[] = [WATER]): Promise<void> {
    const input = { number, departments, lead: departments[0], mode: 'WRITTEN' }
    await done(office, 'dispatchCase', { input })
  }

  async function sign(number: string, department = WATER): Promise<string> {
    const assignment = await taskOf(number, department)
    await done(clerk(department), 'signForAssignment', { assignment })
    return assignment
  }

  const reply = (assignment: string, department = WATER): Promise<string> =>
    done(clerk(department), 'replyToAssignment', { input: { ...aReply, assignment } })

  /** A case as far along its road as asked for. */
  async function caseAt(stage: Stage, more: Values = {}): Promise<string> {
    const number = await register(more)
    const steps: readonly (readonly [Stage, () => Promise<unknown>])[] = [
      ['REGISTERED', async () => {}],
      ['DISPATCHED', () => dispatch(number)],
      ['HANDLING', () => sign(number)],
      ['REPLIED', async () => reply(await taskOf(number))],
      [
        'APPROVED',
        async () => done(office, 'reviewReply', { assignment: await taskOf(number), accept: true }),
      ],
      [
        'FED_BACK',
        () =>
          done(office, 'recordFeedback', { input: { number, by: 'OFFICE', mode: 'PHONE', text: '已告知' } }),
      ],
      ['CLOSED', () => done(office, 'closeCase', { number })],
      ['ARCHIVED', () => done(office, 'archiveCase', { number })],
    ]
    for (const [reached, step] of steps) {
      await step()
      if (reached === stage) break
    }
    return number
  }

  return { ...graph, act, done, kindsOf, toldOf, statusOf, taskOf, register, dispatch, sign, reply, caseAt }
}

export type Desk = Awaited<ReturnType<typeof openDesk>>

export type Stage =
  | 'REGISTERED'
  | 'DISPATCHED'
  | 'HANDLING'
  | 'REPLIED'
  | 'APPROVED'
  | 'FED_BACK'
  | 'CLOSED'
  | 'ARCHIVED'

const aCall = {
  title: '水管爆裂',
  content: '历山路水管爆裂,请尽快处理。',
  channel: 'PHONE',
  matterType: 'HELP',
  callerType: 'NATURAL_PERSON',
  callerName: '示例甲',
  callerPhone: '13800138000',
  district: '历下区',
}

export const aReply = {
  disposition: 'CONFORMING',
  text: '已抢修。',
  publicText: '水管已修复。',
  legalBasis: ['城市供水条例'],
  contactedCaller: true,
}

/** Sends a mutation three times, the first two at once, and answers with all three. */
export async function thrice(desk: Desk, who: Caller, mutation: string, values: Values): Promise<Acted[]> {
  const once = (): Promise<Acted> => desk.act(who, mutation, values)
  const both = await Promise.all([once(), once()])
  return [...both, await once()]
}

/** The document that sends a mutation with all its arguments and asks for the key and the status of what it changed. */
function documentOf(mutation: string): string {
  const field = schema.getMutationType()?.getFields()[mutation]
  if (!field) throw new Error(`there is no mutation ${mutation}`)
  const type = getNamedType(field.type)
  const names = field.args.map(({ name, type: argument }) => ({ name, type: String(argument) }))
  const variables = names.map(({ name, type: argument }) => `$${name}: ${argument}`).join(', ')
  const given = names.map(({ name }) => `${name}: $${name}`).join(', ')
  const key = type.name === 'Case' ? 'number' : 'id'
  const asked = isObjectType(type) ? `{ key: ${key} status }` : ''
  return `mutation (${variables}) { ${mutation}(${given}) ${asked} }`
}
