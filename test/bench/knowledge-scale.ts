import { readFile } from 'node:fs/promises'
import { importArticles } from '@hub/knowledge/commands/import-articles.ts'
import { loadSample } from '@hub/knowledge/commands/load-sample.ts'
import { searchKnowledge, type SearchTools } from '@hub/knowledge/commands/search-knowledge.ts'
import { LexiconReader } from '@hub/knowledge/store/lexicon-reader.ts'
import { TextCache } from '@hub/knowledge/store/text-cache.ts'
import { openBenchDatabase } from './knowledge-database.ts'
import type { Asked } from './knowledge-measure.ts'

/*
 * Searches among many articles. They are put together from sentences of the sample's own, so that words are spread as in
 * real texts: `node test/bench/knowledge-scale.ts 100000`.
 */
const wanted = Number(process.argv[2] ?? 10_000)
const QUESTIONS = 400
const PAGE = 5_000
const SAMPLE = new URL('../../subgraphs/knowledge/sample/', import.meta.url)

let state = 20_261_123
/** The same numbers in every run. */
function below(limit: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((state / 2 ** 32) * limit)
}

interface Article {
  readonly title: string
  readonly body: string
  readonly category: string
  readonly keywords: readonly string[]
}

const bench = await openBenchDatabase()
const { database } = bench
try {
  const clock = (): Date => new Date('2026-11-23T00:00:00Z')
  const loading = performance.now()
  await loadSample(database, clock)
  const sample = JSON.parse(await readFile(new URL('kb_articles.json', SAMPLE), 'utf8')) as Article[]
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T
  const sentences = sample.flatMap(({ body }) => body.split(/(?<=。)/u)).filter(Boolean)
  const districts = ['历下', '市中', '槐荫', '天桥', '历城', '长清', '章丘', '济阳', '莱芜', '钢城']
  for (let from = 0; from < wanted; from += PAGE) {
    const rows = Array.from({ length: Math.min(PAGE, wanted - from) }, (_, index) => {
      const about = pick(sample)
      return {
        id: `G-${from + index}`,
        title: `${pick(districts)}${about.title}实施细则第${from + index}号`,
        body: [pick(sentences), pick(sentences), pick(sentences), pick(sentences)].join(''),
        category: about.category,
        keywords: [pick(about.keywords), pick(pick(sample).keywords)],
        inForceFrom: '2025-01-01',
      }
    })
    await importArticles(database, clock, rows)
  }
  const seconds = (performance.now() - loading) / 1000
  const owner = await database.sql.reserve()
  await owner`set role none`
  await owner`vacuum analyze article_version`
  await owner`reset role`
  owner.release()
  const [size] = await database.sql`
    select pg_size_pretty(pg_relation_size('article_version_search_index')) as search,
      pg_size_pretty(pg_relation_size('article_version_plain_index')) as plain,
      pg_size_pretty(pg_total_relation_size('article_version')) as everything`
  console.log(
    `${wanted} articles loaded in ${seconds.toFixed(0)} s (${Math.round(wanted / seconds)}/s)`,
    size,
  )
  const lexicon = await new LexiconReader(database).current()
  const tools: SearchTools = {
    database,
    texts: new TextCache(),
    lexicon: async () => lexicon,
    regions: ['全国', '山东省', '济南市'],
  }
  const asked = (await Promise.all(
    ['kb', 'own', 'fresh', 'second', 'third'].map(async (file) =>
      JSON.parse(await readFile(new URL(`${file}_questions.json`, SAMPLE), 'utf8')),
    ),
  ).then((files) => files.flat())) as Asked[]
  const took: { ms: number; question: string }[] = []
  for (const { question } of asked.slice(0, QUESTIONS)) {
    const start = performance.now()
    await searchKnowledge(tools, question, 5, '2026-11-23')
    took.push({ ms: performance.now() - start, question })
  }
  took.sort((one, other) => one.ms - other.ms)
  const at = (share: number): string => (took[Math.floor(took.length * share)]?.ms ?? 0).toFixed(1)
  console.log(
    `${took.length} searches, one at a time: p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms`,
  )
  for (const { ms, question } of took.slice(-5)) console.log(`  ${ms.toFixed(1)} ms ${question}`)
} finally {
  await bench.stop()
}
