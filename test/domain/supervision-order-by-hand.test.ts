import { Refusal } from '@hub/kit/errors.ts'
import { changeOrder } from '@hub/supervision/domain/order-change.ts'
import {
  decideAnswer,
  decideClose,
  isOrderOverdue,
  type OrderAnswer,
} from '@hub/supervision/domain/order-answer.ts'
import { decideIssue, type IssueOrder } from '@hub/supervision/domain/order-by-hand.ts'
import { orderData } from '@hub/supervision/domain/order-events.ts'
import type { OrderKind } from '@hub/supervision/domain/order.ts'
import { personalIn } from '@hub/supervision/domain/personal.ts'
import { describe, expect, it } from 'vitest'
import { actingOn } from '../support/supervision-acting.ts'
import { at } from '../support/supervision-case.ts'

const acting = actingOn('2026-11-23')
const ground = { unknownDepartment: null, assignment: null, written: null }
const special: IssueOrder = {
  kind: 'SPECIAL',
  subject: '冬季供热专项督办',
  departments: ['JN-SWJ', 'JN-CGJ', 'JN-SWJ'],
  requirement: '请报送整改方案。',
}
const instruction = { leader: '分管副市长', text: '限期解决。', on: '2026-11-20' }

function codeOf(work: () => unknown): string {
  try {
    work()
    return 'allowed'
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error)
  }
}

describe('an order that a person issues', () => {
  it('names several units, each once, with what they are to do (R26)', () => {
    expect(decideIssue(special, ground, acting)).toMatchObject({
      kind: 'SPECIAL',
      departments: ['JN-SWJ', 'JN-CGJ'],
      department: 'JN-SWJ',
      status: 'ISSUED',
      issuedBy: 'test',
    })
  })

  it.each<[OrderKind, string]>([
    ['INSTITUTIONAL', '2026-12-02'],
    ['WRITTEN', '2026-11-26'],
    ['SPECIAL', '2026-12-07'],
    ['DIRECTIVE', '2026-11-30'],
  ])('of kind %s has a basis and a clock of its own in working days (R24-R27, R53)', (kind, dueOn) => {
    const order = decideIssue(
      { ...special, kind, instruction: kind === 'DIRECTIVE' ? instruction : null },
      ground,
      acting,
    )
    expect(order.dueOn).toBe(dueOn)
    expect(order.basis).toContain('督办')
    expect(order.policyVersion).toBe('JN-2018-1')
  })

  it('by directive carries the instruction of a leader, and no other does (R27, R72)', () => {
    const directive: IssueOrder = { ...special, kind: 'DIRECTIVE' }
    expect(codeOf(() => decideIssue(directive, ground, acting))).toBe('ORDER_INSTRUCTION_MISSING')
    expect(decideIssue({ ...directive, instruction }, ground, acting)).toMatchObject({
      instructionLeader: '分管副市长',
      instructionOn: '2026-11-20',
    })
    expect(codeOf(() => decideIssue({ ...special, instruction }, ground, acting))).toBe(
      'ORDER_INSTRUCTION_MISPLACED',
    )
  })

  it.each<[string, Partial<IssueOrder>, object]>([
    ['ORDER_TARGET_MISSING', { departments: [] }, {}],
    ['DEPARTMENT_UNKNOWN', {}, { unknownDepartment: 'JN-X' }],
    ['ORDER_DATE_PASSED', { dueOn: '2026-11-23' }, {}],
    ['ORDER_ASSIGNMENT_FOREIGN', { assignment: 'a', caseNumber: 'JN-20261102-000001' }, {}],
    ['WORDS_MISSING', { requirement: ' \u200b ' }, {}],
    ['WORDS_PERSONAL', { requirement: '联系来电人 138 0531 1234' }, {}],
  ])('is refused: %s', (code, command, known) => {
    expect(codeOf(() => decideIssue({ ...special, ...command }, { ...ground, ...known }, acting))).toBe(code)
  })

  it('is not touched by what becomes of an assignment, and keeps the case open until a person closes it (R29)', () => {
    const order = { ...decideIssue(special, ground, acting), assignment: 'a' }
    expect(changeOrder(order, { assignment: 'a', at: at('2026-11-24'), closedAs: 'REPLY_ACCEPTED' })).toBe(
      order,
    )
    expect(orderData(order)['assignment']).toBeNull()
    const automatic = { ...order, issuedBy: null }
    expect(orderData(automatic)['assignment']).toBe('a')
  })
})

describe('the answer to an order', () => {
  const order = decideIssue(special, ground, acting)
  const asUnit = (department: string) => actingOn('2026-11-24', { role: 'DEPARTMENT', department })
  const answer = (given: readonly OrderAnswer[], department: string) =>
    decideAnswer(order, given, '已整改。', asUnit(department))

  it('of each unit makes it answered, not that of one', () => {
    const first = answer([], 'JN-CGJ')
    expect(first.order).toBe(order)
    expect(answer([first.answer], 'JN-SWJ').order.status).toBe('ANSWERED')
  })

  it('comes from a unit that it names, once, while it is open', () => {
    const given = [answer([], 'JN-CGJ').answer]
    expect(codeOf(() => answer(given, 'JN-CGJ'))).toBe('ORDER_ANSWERED')
    expect(codeOf(() => answer([], 'JN-D-LX'))).toBe('ORDER_NOT_ADDRESSED')
    const closed = decideClose(order, [], { outcome: 'WITHDRAWN', opinion: '重复下达' }, acting)
    expect(codeOf(() => decideAnswer(closed, [], '已整改。', asUnit('JN-CGJ')))).toBe('ORDER_CLOSED')
    expect(codeOf(() => decideClose(closed, [], { outcome: 'WITHDRAWN', opinion: '重复' }, acting))).toBe(
      'ORDER_CLOSED',
    )
  })

  it('is waited for: an order is settled when all have answered, with an opinion (R67, R68)', () => {
    const given = [answer([], 'JN-CGJ').answer]
    const settle = { outcome: 'SETTLED', opinion: '整改到位' } as const
    expect(codeOf(() => decideClose(order, given, settle, acting))).toBe('ORDER_UNANSWERED')
    const all = [...given, answer(given, 'JN-SWJ').answer]
    expect(decideClose(order, all, settle, acting)).toMatchObject({ status: 'CLOSED', outcome: 'SETTLED' })
    expect(codeOf(() => decideClose(order, all, { ...settle, opinion: '' }, acting))).toBe('WORDS_MISSING')
  })

  it('is late from the day after its date (R67)', () => {
    expect(isOrderOverdue(order, order.dueOn)).toBe(false)
    expect(isOrderOverdue(order, '2026-12-08')).toBe(true)
    expect(isOrderOverdue({ ...order, status: 'ANSWERED' }, '2026-12-08')).toBe(false)
  })
})

describe('a text of supervision', () => {
  it.each([
    '来电人13805311234',
    '电话 138-0531-1234',
    '138 0531 1234',
    '0531-88812345',
    '身份证37010219800101123X',
    '卡号 6222 0216 0200 1234 567',
    '邮箱 wang@example.com',
    '住在3号楼2单元501室',
    '鲁A12345 的车主',
    '电话一三八零五三一一二三四',
    '王女士反映供热不足',
    '来电人李先生称',
    '市民姓名:张三丰',
  ])('with "%s" would name a person (R85)', (text) => {
    expect(personalIn(text)).not.toBeNull()
  })

  it.each([
    '工单JN-20261102-000001逾期',
    '督〔2026〕000123号',
    '2026-11-23前回复',
    '2026年11月23日至2026年12月1日',
    '20261123',
    '各位女士、先生',
    '投资12000000元,涉及1234567人',
    '12345热线,按时办结率98.25%',
  ])('with "%s" names none', (text) => {
    expect(personalIn(text)).toBeNull()
  })
})
