import { schema } from '@hub/cases/graph/schema.ts'
import type { Caller } from '@hub/kit/caller.ts'
import { isLeafType, isObjectType, getNamedType, type GraphQLObjectType } from 'graphql'
import { callerAs } from './cases-graph.ts'
import {
  clerk,
  HOUSING,
  leader,
  LIXIA,
  LIXIA_STREET,
  office,
  operator,
  WATER,
  type Desk,
} from './cases-desk.ts'

export const SECRET = '13800138000'
export const NAME = '示例甲'

/** Everybody who looks, by what they are to the case. */
export const viewers: Readonly<Record<string, Caller>> = {
  office,
  operator,
  leader,
  'lead unit': clerk(LIXIA),
  'co-handler': clerk(HOUSING),
  'sub-unit': clerk(LIXIA_STREET),
  'other unit': clerk('JN-JYJ'),
  "caller's portal": callerAs('PORTAL', { district: '历下区', citizen: SECRET }),
  'district portal': callerAs('PORTAL', { district: '历下区' }),
  'other portal': callerAs('PORTAL', { district: '槐荫区', citizen: '13900139000' }),
  oversight: callerAs('OVERSIGHT'),
  admin: callerAs('ADMIN'),
  subgraph: callerAs('SUBGRAPH'),
}

/** Where each type is found from a case: the way to it, with the selection in place of `…`. */
export const ways: Readonly<Record<string, string>> = {
  Case: '…',
  Caller: 'caller { … }',
  Assignment: 'assignments { … }',
  Reply: 'assignments { replies { … } }',
  Extension: 'assignments { extensions { … } }',
  Return: 'assignments { returns { … } }',
  Department: 'assignments { department { … } }',
  CaseEvent: 'timeline { … }',
  DirectAnswer: 'answer { … }',
  KnowledgeArticle: 'answer { articles { … } }',
  Feedback: 'feedbacks { … }',
  Callback: 'callbacks { … }',
  CaseAmendment: 'amendments { … }',
  Referral: 'referrals { … }',
  CaseRefusal: 'refusal { … }',
  Verification: 'verifications { … }',
  Instruction: 'instructions { … }',
  Dispute: 'disputes { … }',
  DisputePosition: 'disputes { positions { … } }',
  Coordination: 'coordinations { … }',
  Paper: 'papers { … }',
  Suspension: 'suspensions { … }',
  Notice: 'notices { … }',
}

/** The leaf fields of a type, as the schema has them. */
export function leavesOf(type: string): string[] {
  const found = schema.getType(type)
  if (!isObjectType(found)) throw new Error(`there is no object type ${type}`)
  return Object.values(found.getFields())
    .filter((field) => isLeafType(getNamedType(field.type)))
    .map(({ name }) => name)
}

/** Every object type of the room, without what GraphQL and federation bring themselves. */
export function objectTypes(): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('_') && !['Query', 'Mutation', 'Subscription'].includes(name))
}

/** All values of one field, wherever the way to its type leads in an answer. */
export function valuesAt(answer: unknown, way: string, field: string): unknown[] {
  const steps = [...way.matchAll(/(\w+) \{/g)].map(([, step = '']) => step)
  const found = [...steps, field].reduce<unknown[]>(
    (places, step) => places.flatMap((place) => read(place, step)).filter((place) => place !== undefined),
    [answer],
  )
  return found
}

function read(place: unknown, step: string): unknown[] {
  if (place === null || typeof place !== 'object') return []
  const value: unknown = Reflect.get(place, step)
  return Array.isArray(value) && typeof value[0] !== 'string' ? value : [value]
}

export type Sight = 'full' | 'redacted' | 'part' | 'hidden' | '–'

/** What a viewer sees of a field, beside all there is: `part` hides some of it, `–` means that there is nothing to ask. */
export function sightOf(values: readonly unknown[], all: readonly unknown[]): Sight {
  if (values.length === 0) return '–'
  const nulls = (list: readonly unknown[]): number => list.filter((value) => value === null).length
  const known = new Set(all.map((value) => JSON.stringify(value)))
  const more = nulls(values) > nulls(all)
  if (!more && values.every((value) => known.has(JSON.stringify(value)))) return 'full'
  if (nulls(values) === values.length) return 'hidden'
  return more ? 'part' : 'redacted'
}

/** A case to which everything has happened once, with a phone and a name in every text that people write. */
export async function eventfulCase(
  desk: Desk,
  more: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { done, register, sign, taskOf, dispatch } = desk
  const said = (what: string): string => `${what},${NAME},电话${SECRET}。`
  const number = await register({
    title: said('路面塌陷'),
    content: said('解放路塌陷'),
    callerOrganisation: '示例公司',
    ...more,
  })
  const other = await register({ callerPhone: '13900139000', callerName: '示例乙' })
  await done(office, 'mergeCase', { number: other, master: number })
  await done(operator, 'amendCase', {
    input: {
      number,
      title: said('路面塌陷积水'),
      content: said('解放路塌陷积水'),
      urgency: 'URGENT',
      reason: said('补记'),
    },
  })
  await done(operator, 'proposeRefusal', { input: { number, reason: 'COURT', route: said('向法院起诉') } })
  await done(office, 'decideRefusal', { number, confirm: false })
  const referral = {
    number,
    kind: 'REFER',
    department: WATER,
    followUpOn: '2026-11-09',
    note: said('请接待'),
  }
  await done(operator, 'referCase', { input: referral })
  await done(operator, 'answerDirectly', {
    input: { number, text: said('请避让'), articles: ['KB-002'], reason: said('情况紧急') },
  })
  await done(office, 'reportToLeader', { number, report: said('呈报') })
  const instruction = {
    number,
    leader: '分管副市长',
    text: said('限期解决'),
    on: '2026-11-02',
    targets: [LIXIA],
  }
  await done(office, 'recordInstruction', { input: instruction })
  await dispatch(number, [LIXIA, HOUSING])
  await done(operator, 'markEmergency', {
    input: { number, verification: said('现场核实'), departments: ['JN-YJJ'], handedTo: '119' },
  })
  const lead = await sign(number, LIXIA)
  await done(clerk(LIXIA), 'subDispatch', { assignment: lead, departments: [LIXIA_STREET] })
  await done(clerk(LIXIA), 'requestExtension', {
    assignment: lead,
    until: '2026-11-20',
    reason: said('需协调'),
  })
  await done(office, 'decideExtension', { assignment: lead, grant: true, reason: said('同意') })
  const co = await taskOf(number, HOUSING)
  await done(clerk(HOUSING), 'requestReturn', {
    assignment: co,
    reason: said('不属职责'),
    basis: said('三定'),
  })
  await done(office, 'decideReturn', { assignment: co, accept: false, reason: said('属其职责') })
  await done(office, 'coordinateCase', {
    input: { number, text: said('已协调'), departments: [LIXIA, HOUSING] },
  })
  await done(office, 'filePaper', {
    input: { number, kind: 'MEETING', title: said('会议纪要'), text: said('会商意见') },
  })
  await done(office, 'suspendCase', { number, reason: said('等待鉴定') })
  await done(office, 'resumeCase', { number })
  const positions = [LIXIA, HOUSING].map((department) => ({ department, text: said('有异议') }))
  await done(office, 'raiseDispute', { input: { number, positions } })
  await done(leader, 'recordInstruction', { input: { ...instruction, text: said('继续办理') } })
  const reply = async (department: string, assignment: string): Promise<void> => {
    const texts = { text: said('已处置'), publicText: said('已修复'), explanation: said('说明') }
    const rest = { disposition: 'CONFORMING', legalBasis: ['条例'], contactedCaller: true }
    await done(clerk(department), 'replyToAssignment', { input: { assignment, ...texts, ...rest } })
  }
  for (const department of ['JN-YJJ', HOUSING, LIXIA_STREET])
    await reply(department, await sign(number, department))
  await reply(LIXIA, lead)
  const redo = { assignment: co, accept: false, requirements: said('补充'), redoBy: '2026-11-06' }
  await done(office, 'reviewReply', redo)
  await reply(HOUSING, co)
  for (const department of ['JN-YJJ', HOUSING, LIXIA_STREET, LIXIA])
    await done(office, 'reviewReply', { assignment: await taskOf(number, department), accept: true })
  await done(office, 'recordFeedback', {
    input: { number, by: 'OFFICE', mode: 'PHONE', text: said('已告知') },
  })
  const unsolved = { contacted: true, solved: false, satisfaction: 'DISSATISFIED', note: said('未修好') }
  await done(office, 'recordCallback', { input: { number, ...unsolved } })
  // The lead is at work again: its assignment is open.
  await done(office, 'reviewReply', { ...redo, assignment: lead })
  return number
}
