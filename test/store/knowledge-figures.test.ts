import { openDatabase } from '@hub/kit/postgres.ts'
import { loadSample } from '@hub/knowledge/commands/load-sample.ts'
import { searchKnowledge, type SearchTools } from '@hub/knowledge/commands/search-knowledge.ts'
import { KnownQuestions } from '@hub/knowledge/domain/known.ts'
import type { Lexicon } from '@hub/knowledge/domain/lexicon.ts'
import { LexiconReader } from '@hub/knowledge/store/lexicon-reader.ts'
import { TextCache } from '@hub/knowledge/store/text-cache.ts'
import { readFile } from 'node:fs/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'

/*
 * The figures that the fitted evidence gave on questions that nothing was learned from: a change of the lexicon, of
 * the features or of the fit that spoils them is seen here, not by an operator.
 */
interface Asked {
  readonly question: string
  readonly expected_title: string | null
  readonly also_acceptable: readonly string[]
  readonly difficulty: 'normal' | 'hard' | 'none'
}

const DAY = '2026-11-23'
const file = new URL('../../subgraphs/knowledge/sample/blind_questions.json', import.meta.url)
const questions = JSON.parse(await readFile(file, 'utf8')) as Asked[]
const { url } = await openTestDatabase('knowledge')
const database = openDatabase({ url, room: 'knowledge', max: 2 })
afterAll(() => database.close())
await loadSample(database, () => new Date(`${DAY}T00:00:00Z`))
const lexicon = await new LexiconReader(database).current()

/** Shares of 1: first and third place of what is covered, refusals of what is not, and of what is. */
async function figuresOf(
  asking: Lexicon,
): Promise<Record<'first' | 'third' | 'refused' | 'wrongly', number>> {
  const tools: SearchTools = {
    database,
    texts: new TextCache(),
    lexicon: async () => asking,
    regions: ['全国', '山东省', '济南市'],
  }
  const outcomes: { asked: Asked; place: number; refused: boolean }[] = []
  for (const asked of questions) {
    const { answerable, hits } = await searchKnowledge(tools, asked.question, 3, DAY)
    const right = new Set([asked.expected_title, ...asked.also_acceptable])
    const place = hits.findIndex(({ article }) => right.has(article.title))
    outcomes.push({ asked, place, refused: !answerable })
  }
  const share = (
    difficulties: readonly string[],
    isSo: (outcome: { place: number; refused: boolean }) => boolean,
  ): number => {
    const some = outcomes.filter(({ asked }) => difficulties.includes(asked.difficulty))
    return some.filter(isSo).length / some.length
  }
  return {
    first: share(['normal'], ({ place }) => place === 0),
    third: share(['hard'], ({ place }) => place >= 0),
    refused: share(['none'], ({ refused }) => refused),
    wrongly: share(['normal', 'hard'], ({ refused }) => refused),
  }
}

describe('questions that nothing was learned from', () => {
  it('find their article, or are refused, as often as they must', async () => {
    const figures = await figuresOf(lexicon)
    expect(figures.first).toBeGreaterThanOrEqual(0.95)
    expect(figures.third).toBeGreaterThanOrEqual(0.6)
    expect(figures.refused).toBeGreaterThanOrEqual(0.8)
    expect(figures.wrongly).toBeLessThanOrEqual(0.05)
  })

  it('are refused less often where no known questions tell what is asked in vain', async () => {
    const { refused } = await figuresOf({ ...lexicon, known: new KnownQuestions([]) })
    expect(refused).toBeLessThan(0.8)
  })
})
