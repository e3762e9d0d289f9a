import { endOfDay, inShanghai, startOfDay, type Day } from '@hub/kit/day.ts'
import { eventTerms } from './event-terms.ts'
import type { Departments } from './departments.ts'

/** The part of a day that a duty log covers 班次: 08:00–20:00, 20:00–08:00 of the next day, or the calendar day. */
export const shifts = ['DAY', 'NIGHT', 'ALL'] as const
export type Shift = (typeof shifts)[number]

const HOUR_MS = 3_600_000

export interface ShiftBounds {
  readonly from: Date
  readonly before: Date
}

/** From when until when a shift is on duty; a night belongs to the day on which it begins. */
export function shiftBounds(day: Day, shift: Shift): ShiftBounds {
  const midnight = startOfDay(day).getTime()
  const hours = (from: number, before: number): ShiftBounds => ({
    from: new Date(midnight + from * HOUR_MS),
    before: new Date(midnight + before * HOUR_MS),
  })
  if (shift === 'DAY') return hours(8, 20)
  if (shift === 'NIGHT') return hours(20, 32)
  return { from: startOfDay(day), before: endOfDay(day) }
}

/** One thing that was done, as the log says it: `10:05 签收 济南水务集团`. */
export function doneLine(
  { kind, at, department }: { readonly kind: string; readonly at: Date; readonly department: string | null },
  departments: Departments,
): string {
  const term = isTerm(kind) ? eventTerms[kind] : kind
  const unit = department === null ? '' : ` ${departments.find(department)?.name ?? department}`
  return `${timeOf(at)} ${term}${unit}`
}

function isTerm(kind: string): kind is keyof typeof eventTerms {
  return kind in eventTerms
}

/** An entry of the log as it is printed. */
export interface PrintedEntry {
  readonly serial: number
  readonly number: string
  readonly receivedAt: Date
  readonly name: string
  readonly organisation: string
  readonly phone: string
  readonly title: string
  readonly content: string
  readonly done: readonly string[]
  readonly by: string
}

const shiftTerms: Readonly<Record<Shift, string>> = { DAY: '白班', NIGHT: '夜班', ALL: '全日' }
const COLUMNS = ['序号', '编号', '来电时间', '来电人', '单位', '电话', '事由', '内容', '办理情况', '值班员']

/** The duty log 值班记录 as a Markdown table (R38–R43). Whatever callers said is text here and nothing else. */
export function printDutyLog(day: Day, shift: Shift, entries: readonly PrintedEntry[]): string {
  const { from, before } = shiftBounds(day, shift)
  const span = `${inShanghai(from).slice(0, 16).replace('T', ' ')} – ${inShanghai(before).slice(0, 16).replace('T', ' ')}`
  const rows = entries.map((entry) => {
    const { serial, number, receivedAt, name, organisation, phone, title, content, done, by } = entry
    const said = [name, organisation, phone, title, content].map(plain)
    return line([
      String(serial),
      number,
      timeOf(receivedAt),
      ...said,
      done.map(plain).join('<br>'),
      plain(by),
    ])
  })
  return [
    `# 12345 值班记录 ${day} ${shiftTerms[shift]}`,
    '',
    `${span},共 ${entries.length} 件`,
    '',
    line(COLUMNS),
    line(COLUMNS.map(() => '---')),
    ...rows,
    '',
  ].join('\n')
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

/** Text that a table can hold: one line, and no mark-up of its own. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|#!~]/g, (mark) => `\\${mark}`)
}

function timeOf(instant: Date): string {
  return inShanghai(instant).slice(11, 16)
}
