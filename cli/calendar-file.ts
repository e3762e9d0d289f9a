import type { Notice, NoticeDay } from '@hub/cases/domain/announced-calendar.ts'
import { plusDays, type Day } from '@hub/kit/day.ts'
import { z } from 'zod'
import { UsageError } from './failure.ts'

/** Reads a holiday notice from JSON, CSV or iCalendar, as its name says. What it means is checked where it is taken in. */
export function readCalendarFile(name: string, text: string, year: number): Notice {
  const plain = text.replace(/^\uFEFF/, '')
  if (name.endsWith('.json')) return fromJson(plain, year)
  if (name.endsWith('.csv')) return { year, version: `${year}`, days: fromCsv(plain) }
  if (name.endsWith('.ics')) return { year, version: `${year}`, days: fromICalendar(plain) }
  throw new UsageError(`${name}: a holiday notice is a .json, .csv or .ics file.`)
}

const named = z.union([z.string(), z.object({ day: z.string(), name: z.string() })])
const jsonShape = z.object({
  year: z.int().optional(),
  version: z.string().optional(),
  holidays: z.array(named),
  workdays: z.array(named).default([]),
})

/** `{ "version": "国办发明电…", "holidays": ["2027-01-01", { "day", "name" }], "workdays": [] }`. */
function fromJson(text: string, year: number): Notice {
  const { holidays, workdays, version = `${year}`, year: own = year } = jsonShape.parse(JSON.parse(text))
  if (own !== year) throw new UsageError(`The file is of ${own}, not of ${year}.`)
  const asDay =
    (kind: NoticeDay['kind']) =>
    (one: z.output<typeof named>): NoticeDay =>
      typeof one === 'string' ? { day: one, kind, name: '' } : { ...one, kind }
  return { year, version, days: [...holidays.map(asDay('HOLIDAY')), ...workdays.map(asDay('WORKDAY'))] }
}

/** `2027-01-01,HOLIDAY,元旦` a line; a heading and blank lines are passed over, 休 and 班 are understood. */
function fromCsv(text: string): NoticeDay[] {
  return text.split(/\r?\n/).flatMap((line): NoticeDay[] => {
    const [day = '', kind = '', name = ''] = line.split(',').map((cell) => cell.trim().replace(/^"|"$/g, ''))
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return []
    return [{ day, kind: kindOf(kind), name }]
  })
}

/** All-day events whose summary says 休 or 班, as public Chinese calendars have them; DTEND is exclusive. */
function fromICalendar(text: string): NoticeDay[] {
  const unfolded = text.replace(/\r?\n[ \t]/g, '')
  return unfolded
    .split('BEGIN:VEVENT')
    .slice(1)
    .flatMap((event) => {
      const summary = /^SUMMARY[^:]*:(.*)$/m.exec(event)?.[1]?.trim() ?? ''
      const from = dateIn(event, 'DTSTART')
      if (from === null || !/休|班|假/.test(summary)) return []
      const before = dateIn(event, 'DTEND') ?? plusDays(from, 1)
      return daysBetween(from, before).map((day) => ({ day, kind: kindOf(summary), name: summary }))
    })
}

function kindOf(text: string): NoticeDay['kind'] {
  if (/^WORKDAY$|班|补/i.test(text)) return 'WORKDAY'
  if (/^HOLIDAY$|休|假/i.test(text)) return 'HOLIDAY'
  throw new UsageError(`"${text}" is neither HOLIDAY (休) nor WORKDAY (班).`)
}

function dateIn(event: string, property: string): Day | null {
  const [, year, month, day] = new RegExp(`^${property}[^:]*:(\\d{4})(\\d{2})(\\d{2})`, 'm').exec(event) ?? []
  return year && month && day ? `${year}-${month}-${day}` : null
}

function daysBetween(from: Day, before: Day): Day[] {
  const days: Day[] = []
  for (let day = from; day < before && days.length < 60; day = plusDays(day, 1)) days.push(day)
  return days
}
