import { randomUUID } from 'node:crypto'

/** What the demonstration asks, and what it says. The caller is invented. */
export const CALL = {
  title: '历山路水管爆裂',
  content: '历山路与文化东路路口自来水主管爆裂,水漫过人行道,附近两栋楼停水,请尽快抢修。',
  district: '历下区',
}

export const registration = {
  ...CALL,
  channel: 'PHONE',
  matterType: 'HELP',
  urgency: 'URGENT',
  callerType: 'NATURAL_PERSON',
  callerName: '示例来电人',
  callerPhone: '19900000999',
  idempotencyKey: randomUUID(),
}

export const TRIAGE = `query ($title: String!, $content: String!, $district: String) {
  suggestDepartments(title: $title, content: $content, district: $district) { department { code name } because }
}`

export const REGISTER = `mutation ($input: RegisterCaseInput!) { registerCase(input: $input) { number status } }`

export const DISPATCH = `mutation ($input: DispatchCaseInput!) {
  dispatchCase(input: $input) { status assignments { id role dueOn department { code } } }
}`

export const SEVENTH_DAY = `query ($after: Date!) { workingDay(after: $after, days: 7) { on } }`

export const SIGN = `mutation ($assignment: ID!) { signForAssignment(assignment: $assignment) { status signedForAt } }`

export const REPLY = `mutation ($input: ReplyInput!) { replyToAssignment(input: $input) { status } }`

export const REVIEW = `mutation ($assignment: ID!, $accept: Boolean!, $requirements: String, $redoBy: Date) {
  reviewReply(assignment: $assignment, accept: $accept, requirements: $requirements, redoBy: $redoBy) { status redoCount redoBy }
}`

export const ORDERS = `query ($id: ID!) {
  assignment(id: $id) { overdue workingDaysLeft supervisionOrders { documentNumber kind dueOn } }
}`

export const FEEDBACK = `mutation ($input: FeedbackInput!) { recordFeedback(input: $input) { status } }`

export const CALLBACK = `mutation ($input: CallbackInput!) { recordCallback(input: $input) { number } }`

export const CLOSE = `mutation ($number: String!) { closeCase(number: $number) { status } }`

export const WITHOUT_ECHO = `query { casesWithoutEcho { number } }`

export const CALLER = `query ($number: String!) { case(number: $number) { title content caller { name phone } } }`

export function reply(assignment: string, text: string) {
  return {
    assignment,
    disposition: 'CONFORMING',
    text,
    publicText: text,
    legalBasis: ['《济南市12345市民服务热线条例》'],
    contactedCaller: true,
  }
}

export function feedback(number: string) {
  return { number, by: 'OFFICE', mode: 'PHONE', text: '已电话告知修复情况。' }
}

export function callback(number: string) {
  return { number, contacted: true, solved: true, satisfaction: 'SATISFIED' }
}
