import { plusDays, startOfDay, weekdayOf, type Day } from '@hub/kit/day.ts'
import type { Calendar } from '@hub/kit/working-days.ts'
import type { Dice } from './dice.ts'
import { SUBJECTS } from './subjects.ts'

/** Sunday's calls are 0.62 of a Wednesday's. */
const WEEKDAYS = [1.12, 1.06, 1, 1, 1, 0.7, 0.62]
/** How many calls come in each hour of the day, of a hundred. */
const HOURS = [
  0.6, 0.4, 0.3, 0.3, 0.4, 0.7, 1.6, 3.6, 8, 10.5, 10.2, 7, 4.6, 5, 8, 8.6, 8, 6, 4.4, 3.8, 3, 2.4, 1.6, 1,
]
const YEARLY_GROWTH = 0.06

/** How many cases each day has: more in winter and in the rains, fewer at weekends and on holidays, a little more each year. */
export function dailyVolume(
  total: number,
  since: Day,
  until: Day,
  calendar: Calendar,
  dice: Dice,
): Map<Day, number> {
  const weights = new Map<Day, number>()
  for (let day = since; day <= until; day = plusDays(day, 1))
    weights.set(day, weightOf(day, since, calendar, dice))
  const sum = weights.values().reduce((all, weight) => all + weight, 0)
  let given = 0
  let wanted = 0
  const volume = new Map<Day, number>()
  for (const [day, weight] of weights) {
    wanted += (total * weight) / sum
    const count = Math.round(wanted) - given
    given += count
    volume.set(day, count)
  }
  return volume
}

function weightOf(day: Day, since: Day, calendar: Calendar, dice: Dice): number {
  const month = Number(day.slice(5, 7)) - 1
  const season = SUBJECTS.reduce((sum, { months }) => sum + (months[month] ?? 0), 0)
  const weekday = weekdayOf(day)
  const holiday = weekday <= 5 && !calendar.isWorkingDay(day) ? 0.6 : 1
  const years = (Date.parse(day) - Date.parse(since)) / 31_557_600_000
  return (
    season * (WEEKDAYS[weekday - 1] ?? 1) * holiday * (1 + YEARLY_GROWTH * years) * dice.between(0.85, 1.15)
  )
}

const HOUR_WEIGHTS = HOURS.map((weight, hour) => [hour, weight] as const)

/** When the calls of a day come in, first to last. */
export function timesOfDay(day: Day, count: number, dice: Dice): number[] {
  const midnight = startOfDay(day).getTime()
  return Array.from({ length: count }, () => {
    const hour = dice.weigh(HOUR_WEIGHTS)
    return Math.floor(midnight + (hour + dice.next()) * 3_600_000)
  }).toSorted((one, other) => one - other)
}
