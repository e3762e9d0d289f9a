import type { Clock } from '@hub/kit/clock.ts'
import { dayOf, type Day } from '@hub/kit/day.ts'
import { redactQuestion } from '../domain/redact-question.ts'
import { saveMiss } from '../store/misses.ts'
import { searchKnowledge, type SearchAnswer, type SearchTools } from './search-knowledge.ts'

/** Searches, and counts a question of today that nothing answered, for the editors. */
export async function askKnowledge(
  tools: SearchTools,
  clock: Clock,
  question: string,
  first: number,
  on: Day,
): Promise<SearchAnswer> {
  const answer = await searchKnowledge(tools, question, first, on)
  const now = clock()
  if (answer.answerable || on !== dayOf(now)) return answer
  try {
    await saveMiss(tools.database.orm, redactQuestion(question), now)
  } catch {
    // A database that cannot be written to (full, read-only) still answers the citizen.
  }
  return answer
}
