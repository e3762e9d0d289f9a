import type { Day } from '@hub/kit/day.ts'

/** The city's letters in front of a case number. */
export const CITY = 'JN'

/** The number of a case: city, day of registration and the serial of that day (R38). */
export function numberOf(day: Day, serial: number): string {
  return `${CITY}-${day.replaceAll('-', '')}-${String(serial).padStart(6, '0')}`
}

/** The serial in the register of its day. */
export function serialOf(number: string): number {
  return Number(number.slice(number.lastIndexOf('-') + 1))
}

/** The day of registration in a number. */
export function dayInNumber(number: string): Day {
  const [, day = ''] = number.split('-')
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`
}
