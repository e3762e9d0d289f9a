import type { Db } from '@hub/kit/postgres.ts'
import { wordsOf } from '../domain/search-words.ts'
import type { PageSought } from './case-conditions.ts'
import { findByText } from './case-text-search.ts'
import { findAmong } from './case-walk.ts'

/** Numbers of cases on one page, found by reading few rows however many cases there are. */
export async function findNumbers(db: Db, sought: PageSought): Promise<string[]> {
  const { text } = sought.filter
  if (!text) return findAmong(db, sought)
  const words = wordsOf(text)
  return words.length === 0 ? [] : findByText(db, sought, words)
}
