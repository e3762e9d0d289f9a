import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { plusDays, type Day } from './day.ts'
import { isWeekday, type Calendar } from './working-days.ts'

const require = createRequire(import.meta.url)

interface Notices {
  readonly holidays: Readonly<Record<Day, string>>
  readonly workdays: Readonly<Record<Day, string>>
}

/**
 * The State Council's holiday notices as chinese-days carries them, read as plain lists of days: its functions
 * take a year without a notice for ordinary weeks without a word. A year counts as announced when its notice is in the list.
 */
export function chineseCalendar(): Calendar {
  cached ??= load()
  return cached
}

let cached: Calendar | undefined

function load(): Calendar {
  const file = require.resolve('chinese-days')
  const notices = JSON.parse(readFileSync(new URL('chinese-days.json', `file://${file}`), 'utf8')) as Notices
  const { version } = JSON.parse(readFileSync(new URL('../package.json', `file://${file}`), 'utf8')) as {
    version: string
  }
  const announced = new Set(Object.keys(notices.holidays).map((day) => Number(day.slice(0, 4))))
  // The notice of a year names days of the December before it; such a year is announced by its own October only.
  for (const year of announced) if (!notices.holidays[`${year}-10-01`]) announced.delete(year)
  return {
    version: `chinese-days-${version}`,
    isAnnounced: (year) => announced.has(year),
    isWorkingDay: (day) => {
      if (notices.workdays[day]) return true
      if (notices.holidays[day]) return false
      return isWeekday(day) && (announced.has(Number(day.slice(0, 4))) || !isStatutory(day))
    },
  }
}

const FIXED_STATUTORY = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'])

/** Spring Festival, Dragon Boat and Mid-Autumn of the years ahead; the lunar calendar of ICU is a day off in 2027. */
const LUNAR_STATUTORY: Readonly<Record<string, readonly [spring: Day, dragonBoat: Day, midAutumn: Day]>> = {
  2027: ['2027-02-06', '2027-06-09', '2027-09-15'],
  2028: ['2028-01-26', '2028-05-28', '2028-10-03'],
  2029: ['2029-02-13', '2029-06-16', '2029-09-22'],
  2030: ['2030-02-03', '2030-06-05', '2030-09-12'],
}

/** Days that the law itself makes holidays, known before any notice; where days off are moved to is not. */
function isStatutory(day: Day): boolean {
  const year = day.slice(0, 4)
  if (FIXED_STATUTORY.has(day.slice(5)) || day === tombSweeping(Number(year))) return true
  const [spring, ...others] = LUNAR_STATUTORY[year] ?? []
  return (
    others.some((other) => other === day) ||
    (spring !== undefined && day >= plusDays(spring, -1) && day <= plusDays(spring, 2))
  )
}

/** Tomb-sweeping Day falls on 4 or 5 April in this century, by the mean solar year. */
function tombSweeping(year: number): Day {
  const short = year - 2000
  return `${year}-04-0${Math.floor(short * 0.2422 + 4.81) - Math.floor(short / 4)}`
}
