import type { Database } from '@hub/kit/postgres.ts'
import { characterPairs, normalise, segment } from '@hub/knowledge/store/words.ts'
import type { Outcome } from './knowledge-measure.ts'

interface Text {
  readonly title: string
  readonly text: string
}

type Way = (question: string) => Promise<Outcome>

/** The ways of searching that the hub has to beat, over the same articles. None of them refuses. */
export async function openBaselines(database: Database): Promise<Record<string, Way>> {
  const rows = await database.sql<Text[]>`
    select title, title || ' ' || array_to_string(keywords, ' ') || ' ' || body as text from article_version`
  const texts = rows.map(({ title, text }) => ({ title, text: normalise(text) }))
  return {
    'bigram BM25': bm25(texts),
    pg_trgm: async (question) => {
      const found = await database.sql<Text[]>`
        select title from article_version
        order by word_similarity(${question}, title || ' ' || array_to_string(keywords, ' ') || ' ' || body) desc limit 5`
      return outcome(found.map(({ title }) => title))
    },
    tsvector: await plainTsvector(database, texts),
  }
}

function outcome(titles: readonly string[]): Outcome {
  return { answerable: null, titles, note: '' }
}

function bm25(texts: readonly Text[]): Way {
  const counted = texts.map(({ title, text }) => {
    const counts = new Map<string, number>()
    for (const pair of characterPairs(text)) counts.set(pair, (counts.get(pair) ?? 0) + 1)
    return { title, counts, length: [...counts.values()].reduce((sum, count) => sum + count, 0) }
  })
  const average = counted.reduce((sum, { length }) => sum + length, 0) / counted.length
  return async (question) => {
    const pairs = [...new Set(characterPairs(normalise(question)))]
    const scored = counted.map(({ title, counts, length }) => {
      let score = 0
      for (const pair of pairs) {
        const inText = counts.get(pair) ?? 0
        const inAll = counted.filter((other) => other.counts.has(pair)).length
        const rarity = Math.log(1 + (counted.length - inAll + 0.5) / (inAll + 0.5))
        score += (rarity * inText * 2.2) / (inText + 1.2 * (0.25 + (0.75 * length) / average))
      }
      return { title, score }
    })
    scored.sort((one, other) => other.score - one.score)
    return outcome(scored.slice(0, 5).map(({ title }) => title))
  }
}

/** Words as jieba cuts them, `simple` configuration, OR, ts_rank: what a first version would do. */
async function plainTsvector(database: Database, texts: readonly Text[]): Promise<Way> {
  const sql = await database.sql.reserve()
  await sql`create temporary table plain_bench (title text, search tsvector)`
  for (const { title, text } of texts)
    await sql`insert into plain_bench values (${title}, to_tsvector('simple', ${segment(text).join(' ')}))`
  return async (question) => {
    const query = segment(normalise(question)).join(' | ')
    const found = await sql<Text[]>`
      select title from plain_bench order by ts_rank(search, to_tsquery('simple', ${query})) desc limit 5`
    return outcome(found.map(({ title }) => title))
  }
}
