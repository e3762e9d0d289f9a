import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { dayOf, startOfDay, type Day } from '@hub/kit/day.ts'
import { addWorkingDays } from '@hub/kit/working-days.ts'
import { writeFileSync } from 'node:fs'

/** The demonstration's own clock: a file that the rooms read, so that weeks pass when the story wants them to. */
export interface DemoClock {
  readonly file: string
  today(): Day
  /** Moves on to 9 o'clock of a later day. */
  moveTo(day: Day): void
}

const NINE_MS = 9 * 3_600_000

/** Begins at 9 o'clock of the next working day. */
export function startDemoClock(file: string): DemoClock {
  let offset = 0
  const clock: DemoClock = {
    file,
    today: () => dayOf(new Date(Date.now() + offset)),
    moveTo(day) {
      offset = startOfDay(day).getTime() + NINE_MS - Date.now()
      writeFileSync(file, String(offset))
    },
  }
  clock.moveTo(addWorkingDays(chineseCalendar(), dayOf(new Date()), 1).on)
  return clock
}
