import { plusDays, type Day } from '@hub/kit/day.ts'
import type { DemoClock } from './clock.ts'
import type { Stage } from './stage.ts'
import { isRecord, read } from './read.ts'
import * as documents from './documents.ts'

const OPERATOR = { role: 'OPERATOR' }
const OFFICE = { role: 'OFFICE' }
const WATER = { role: 'DEPARTMENT', department: 'JN-U-WATER' }
const LIXIA = { role: 'DEPARTMENT', department: 'JN-D-LX' }
const OVERSIGHT = { role: 'OVERSIGHT' }
const CITIZEN = { role: 'PORTAL', district: '历下区', caller: '19900000999' }

/** The story of one call: a burst water pipe in Lixia, two units, one of them late, one reply sent back. */
export async function playStory(stage: Stage, clock: DemoClock, signal: AbortSignal): Promise<void> {
  const number = await theCall(stage)
  const desk = await stage.follow(WATER.department, signal)
  const neighbour = await stage.follow(LIXIA.department, signal)
  const { lead, coHandler, dueOn } = await theDispatch(stage, clock, number)
  await arrives(stage, '历下区的系统收到交办 · Lixia is told of its assignment', neighbour, 'ISSUED')
  await arrives(stage, '水务集团的系统收到交办 · the water company is told of its assignment', desk, 'ISSUED')
  await theWork(stage, lead, coHandler)
  await tooLate(stage, clock, lead, dueOn)
  await theRedo(stage, clock, lead)
  await arrives(
    stage,
    '水务集团的系统收到重办要求 · the water company is told to do it again',
    desk,
    'REDO_ORDERED',
  )
  await theEnd(stage, number, lead, coHandler)
  await whoSeesWhat(stage, number)
}

async function theCall(stage: Stage): Promise<string> {
  stage.tell('一、来电 · The call')
  const asked = await stage.ask(OPERATOR, documents.TRIAGE, documents.CALL)
  const units = read(asked, 'suggestDepartments')
  const named = Array.isArray(units) ? units.map((unit) => read(unit, 'department', 'name')) : []
  stage.check(`推荐承办单位 · suggested: ${named.join('、')}`, named.length > 0, asked)
  const answer = await stage.ask(OPERATOR, documents.REGISTER, { input: documents.registration })
  const number = String(read(answer, 'registerCase', 'number'))
  stage.check(`登记 · registered: ${number}`, read(answer, 'registerCase', 'status') === 'REGISTERED', answer)
  const again = await stage.ask(OPERATOR, documents.REGISTER, { input: documents.registration })
  stage.check(
    '同一请求再发一次,仍是同一工单 · sent twice, one case',
    read(again, 'registerCase', 'number') === number,
    again,
  )
  return number
}

interface Dispatched {
  readonly lead: string
  readonly coHandler: string
  readonly dueOn: Day
}

async function theDispatch(stage: Stage, clock: DemoClock, number: string): Promise<Dispatched> {
  stage.tell('二、转办 · The dispatch')
  const input = { number, departments: [WATER.department, LIXIA.department], mode: 'WRITTEN' }
  await stage.refused(
    '两个单位须指定主办 · two units need a lead',
    'LEAD_MISSING',
    stage.ask(OFFICE, documents.DISPATCH, { input }),
  )
  const answer = await stage.ask(OFFICE, documents.DISPATCH, { input: { ...input, lead: WATER.department } })
  const assignments = read(answer, 'dispatchCase', 'assignments')
  const list = Array.isArray(assignments) ? assignments.filter(isRecord) : []
  const lead = list.find(({ role }) => role === 'LEAD')
  const coHandler = list.find(({ role }) => role === 'CO_HANDLER')
  const dueOn = String(lead?.['dueOn'])
  const expected = await stage.ask(OFFICE, documents.SEVENTH_DAY, { after: clock.today() })
  stage.check(
    `第 7 个工作日到期 · due on the 7th working day: ${dueOn}`,
    read(expected, 'workingDay', 'on') === dueOn,
    answer,
  )
  return { lead: String(lead?.['id']), coHandler: String(coHandler?.['id']), dueOn }
}

async function arrives(
  stage: Stage,
  what: string,
  desk: Awaited<ReturnType<Stage['follow']>>,
  kind: string,
): Promise<void> {
  const seen = await stage.untilSeen(() => desk.find((event) => event.kind === kind))
  const title = seen?.assignment?.case.title
  stage.check(`${what}:${seen?.assignment?.department.name ?? ''}《${title ?? ''}》`, Boolean(title), desk)
}

async function theWork(stage: Stage, lead: string, coHandler: string): Promise<void> {
  stage.tell('三、办理 · The work')
  for (const [who, assignment] of [
    [WATER, lead],
    [LIXIA, coHandler],
  ] as const) {
    const answer = await stage.ask(who, documents.SIGN, { assignment })
    stage.check(
      `${who.department} 签收 · signs for it`,
      read(answer, 'signForAssignment', 'status') === 'ACCEPTED',
      answer,
    )
  }
  await stage.refused(
    '他人的任务不能签收 · another unit’s task',
    'FORBIDDEN',
    stage.ask(LIXIA, documents.SIGN, { assignment: lead }),
  )
  const early = stage.ask(WATER, documents.REPLY, { input: documents.reply(lead, '已停水抢修。') })
  await stage.refused(
    '主办须待协办先回复 · the lead waits for its co-handler',
    'REPLY_BEFORE_CO_HANDLERS',
    early,
  )
  const replied = await stage.ask(LIXIA, documents.REPLY, {
    input: documents.reply(coHandler, '街道已疏导交通并安置受影响住户。'),
  })
  stage.check(
    '历下区按时回复 · Lixia replies in time',
    read(replied, 'replyToAssignment', 'status') === 'REPLIED',
    replied,
  )
}

async function tooLate(stage: Stage, clock: DemoClock, lead: string, dueOn: Day): Promise<void> {
  stage.tell('四、逾期督办 · Too late')
  clock.moveTo(plusDays(dueOn, 1))
  const late = await stage.until(
    () => stage.ask(OFFICE, documents.ORDERS, { id: lead }),
    (answer) => read(answer, 'assignment', 'supervisionOrders', '0', 'kind') === 'WRITTEN',
  )
  const document = String(read(late, 'assignment', 'supervisionOrders', '0', 'documentNumber'))
  stage.check(
    `${clock.today()} 已逾期,自动书面督办 · written supervision: ${document}`,
    read(late, 'assignment', 'overdue') === true,
    late,
  )
  const orders = read(late, 'assignment', 'supervisionOrders')
  stage.check('一次逾期只督办一次 · once per breach', Array.isArray(orders) && orders.length === 1, late)
  const replied = await stage.ask(WATER, documents.REPLY, { input: documents.reply(lead, '已处理。') })
  stage.check(
    '水务集团迟复 · the water company replies late',
    read(replied, 'replyToAssignment', 'status') === 'REPLIED',
    replied,
  )
}

async function theRedo(stage: Stage, clock: DemoClock, lead: string): Promise<void> {
  stage.tell('五、重办 · Done again')
  const bare = stage.ask(OFFICE, documents.REVIEW, { assignment: lead, accept: false })
  await stage.refused('退回须写明要求 · a redo needs its requirements', 'REDO_WITHOUT_REQUIREMENTS', bare)
  const redo = {
    assignment: lead,
    accept: false,
    requirements: '请说明修复时间、停水范围与复查结果。',
    redoBy: plusDays(clock.today(), 5),
  }
  const sent = await stage.ask(OFFICE, documents.REVIEW, redo)
  stage.check('责成重新办理 · to be done again', read(sent, 'reviewReply', 'redoCount') === 1, sent)
  const text = '已更换破裂管段 6 米,当日 21 时恢复供水,次日复查无渗漏。'
  const again = await stage.ask(WATER, documents.REPLY, { input: documents.reply(lead, text) })
  stage.check('重新回复 · replied again', read(again, 'replyToAssignment', 'status') === 'REPLIED', again)
}

async function theEnd(stage: Stage, number: string, lead: string, coHandler: string): Promise<void> {
  stage.tell('六、反馈与办结 · Feedback and closing')
  for (const assignment of [coHandler, lead]) {
    const answer = await stage.ask(OFFICE, documents.REVIEW, { assignment, accept: true })
    stage.check('审核通过 · accepted', read(answer, 'reviewReply', 'status') === 'REPLY_ACCEPTED', answer)
  }
  await stage.refused(
    '未反馈不得办结(R29)· no closing without an echo',
    'CLOSE_WITHOUT_FEEDBACK',
    stage.ask(OFFICE, documents.CLOSE, { number }),
  )
  const told = await stage.ask(OFFICE, documents.FEEDBACK, { input: documents.feedback(number) })
  stage.check(
    '电话答复来电人 · the caller is told',
    read(told, 'recordFeedback', 'status') === 'FED_BACK',
    told,
  )
  const called = await stage.ask(OFFICE, documents.CALLBACK, { input: documents.callback(number) })
  stage.check('回访:已解决,满意 · solved and satisfied', called.errors === undefined, called)
  const closed = await stage.ask(OFFICE, documents.CLOSE, { number })
  stage.check('办结 · closed', read(closed, 'closeCase', 'status') === 'CLOSED', closed)
  const echo = await stage.ask(OFFICE, documents.WITHOUT_ECHO)
  const rest = read(echo, 'casesWithoutEcho')
  stage.check('事事有回音 · nothing without an echo', Array.isArray(rest) && rest.length === 0, echo)
}

async function whoSeesWhat(stage: Stage, number: string): Promise<void> {
  stage.tell('七、谁能看到什么 · Who sees what')
  const office = await stage.ask(OFFICE, documents.CALLER, { number })
  stage.check(
    '值班室可见来电人(留痕)· the office sees the caller, on record',
    read(office, 'case', 'caller', 'name') === documents.registration.callerName,
    office,
  )
  const citizen = await stage.ask(CITIZEN, documents.CALLER, { number })
  stage.check(
    '本人门户可见本人工单 · the citizen’s portal sees it whole',
    read(citizen, 'case', 'caller', 'phone') === documents.registration.callerPhone,
    citizen,
  )
  for (const who of [LIXIA, OVERSIGHT]) {
    const answer = await stage.ask(who, documents.CALLER, { number })
    const hidden =
      read(answer, 'case', 'caller') === null &&
      !JSON.stringify(answer).includes(documents.registration.callerPhone)
    stage.check(`${who.role} 看不到来电人 · does not see the caller`, hidden, answer)
  }
}
