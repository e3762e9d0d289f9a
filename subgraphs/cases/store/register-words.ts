import { plusDays, type Day } from '@hub/kit/day.ts'
import { sql, type SQL } from 'drizzle-orm'
import { dayInNumber, numberOf } from '../domain/case-number.ts'
import type { RegisterShape } from './register-shape.ts'
import { caseTable } from './tables.ts'

/** The words of a case, its district and its days among them, as the index has them. */
export const REGISTER_WORDS = sql`register_words(${caseTable.textIndex}, ${caseTable.district}, ${caseTable.number})`

/** What is looked for in the index of words: all of these, each a word or a choice of words. */
export function allOf(parts: readonly (string | null)[]): SQL {
  return sql`${parts.filter((part) => part !== null).join(' & ')}::tsquery`
}

/** Any of some words, as a part of what is looked for. */
export function anyOf(words: readonly string[]): string {
  return `(${words.map(quoted).join(' | ')})`
}

/** A word as it stands in a query for words, whatever it holds. */
export function quoted(word: string): string {
  return `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

/** A district among the words of its cases: as one word, or as one with each third of a month that a stretch of days is in. */
export function districtWord(district: string, { thirds }: Stretch): string {
  return thirds === null ? quoted(`d:${district}`) : anyOf(thirds.map((third) => `d:${district}:${third}`))
}

/** Some days of the register on end, from a number on; null: from its beginning. */
export interface Stretch {
  readonly from: string | null
  /** The days as a part of what is looked for; null: all of them. */
  readonly days: string | null
  /** The thirds of months that hold those days, and may hold others. */
  readonly thirds: readonly string[] | null
}

/** All of the register. */
export const WHOLE: Stretch = { from: null, days: null, thirds: null }

/** So many days begin where a third of a month does: one word stands for ten days. */
const LONG = 10
/** Days that may have begun since the register was looked over. */
const DAYS_AHEAD = 2

/**
 * The newest days before a number that have so many cases together, none of them before a first day. The next stretch goes
 * on before where this one begins, and never holds a day of it.
 */
export function stretchBack(
  { days }: RegisterShape,
  before: string | null,
  size: number,
  first: Day | null = null,
): Stretch {
  const last = before === null ? null : dayInNumber(before)
  const held: Day[] = []
  let cases = 0
  for (const { day, cases: ofDay } of days) {
    if (before !== null && numberOf(day, 0) >= before) continue
    const isEnd = first !== null && day < first
    const isEnough = cases >= size && (held.length < LONG || thirdOf(day) !== thirdOf(held.at(-1) ?? ''))
    if (isEnd || isEnough) {
      const ahead = daysAhead(days[0]?.day, last)
      const words = [...wordsOfDays(held, last), ...ahead.map(dayWord)]
      const thirds = new Set([...held, ...ahead].map(thirdOf))
      return {
        from: numberOf(isEnd ? first : (held.at(-1) ?? day), 0),
        // Where no day is left, the first one stands for none.
        days: anyOf(words.length > 0 ? words : [dayWord(first ?? day)]),
        thirds: thirds.size > 0 ? [...thirds] : [thirdOf(first ?? day)],
      }
    }
    cases += ofDay
    held.push(day)
  }
  return WHOLE
}

/** Thirds of a month that stand there whole by their word, days of others by their own. */
function wordsOfDays(held: readonly Day[], last: Day | null): string[] {
  const cut = new Set([thirdOf(last ?? ''), held.length < LONG ? thirdOf(held.at(-1) ?? '') : ''])
  return [...new Set(held.map((day) => (cut.has(thirdOf(day)) ? dayWord(day) : `t:${thirdOf(day)}`)))]
}

/** The third of a month that a day is in, as the index names it: `202611c`. */
function thirdOf(day: Day): string {
  const third = Math.min(Math.floor((Number(day.slice(8)) - 1) / 10), 2)
  return `${day.slice(0, 4)}${day.slice(5, 7)}${'abc'[third] ?? ''}`
}

function dayWord(day: Day): string {
  return `t:${day.replaceAll('-', '')}`
}

/** The days after the newest that is known, where a search reaches past it. */
function daysAhead(newest: Day | undefined, last: Day | null): Day[] {
  if (newest === undefined || (last !== null && last <= newest)) return []
  return Array.from({ length: DAYS_AHEAD }, (_, at) => plusDays(newest, at + 1))
}
