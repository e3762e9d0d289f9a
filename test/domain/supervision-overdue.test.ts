import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { dayOf, endOfDay } from '@hub/kit/day.ts'
import { deadlineOf, isOverdue, owesReply, workingDaysLeft } from '@hub/supervision/domain/overdue.ts'
import { describe, expect, it } from 'vitest'

const calendar = chineseCalendar()
const open = { status: 'ACCEPTED', dueOn: '2026-03-02', redoBy: null, replyRequired: true }

describe('an assignment with a date', () => {
  it('is in time until 24:00 Asia/Shanghai of its date and overdue from then on (R66)', () => {
    const midnight = endOfDay('2026-03-02')
    expect(isOverdue(open, dayOf(new Date(midnight.getTime() - 1)))).toBe(false)
    expect(isOverdue(open, dayOf(midnight))).toBe(true)
  })

  it('keeps its clock while a return is requested', () => {
    expect(isOverdue({ ...open, status: 'RETURN_REQUESTED' }, '2026-03-03')).toBe(true)
  })

  it('owes nothing once replied, returned, cancelled, or without a reply required (R7 R59)', () => {
    for (const status of ['REPLIED', 'REPLY_ACCEPTED', 'RETURNED', 'CANCELLED'])
      expect(isOverdue({ ...open, status }, '2027-01-01')).toBe(false)
    expect(owesReply({ ...open, replyRequired: false })).toBe(false)
  })

  it('has the date of the redo in a redo, and its first date otherwise (R70)', () => {
    const redone = { ...open, redoBy: '2026-03-10' }
    expect(deadlineOf({ ...redone, status: 'REDO' })).toBe('2026-03-10')
    expect(deadlineOf({ ...redone, status: 'ACCEPTED' })).toBe('2026-03-02')
    expect(isOverdue({ ...redone, status: 'REDO' }, '2026-03-10')).toBe(false)
    expect(isOverdue({ ...redone, status: 'REDO' }, '2026-03-11')).toBe(true)
  })

  it('is not late on hold before the cap, which still counts (R61)', () => {
    const held = { ...open, suspended: true, capOn: '2026-04-02' }
    expect(isOverdue(held, '2026-04-02')).toBe(false)
    expect(isOverdue(held, '2026-04-03')).toBe(true)
    expect(isOverdue({ ...held, suspended: false }, '2026-03-03')).toBe(true)
  })

  it('counts working days left over Spring Festival with its make-up Saturdays, and below zero when late', () => {
    expect(workingDaysLeft(open, '2026-02-13', calendar)).toBe(7)
    expect(workingDaysLeft(open, '2026-03-02', calendar)).toBe(0)
    expect(workingDaysLeft(open, '2026-03-04', calendar)).toBe(-2)
    expect(workingDaysLeft({ ...open, status: 'REPLIED' }, '2026-03-04', calendar)).toBe(0)
  })
})
