import { readFile } from 'node:fs/promises'
import { importArticles } from '@hub/knowledge/commands/import-articles.ts'
import { loadSample } from '@hub/knowledge/commands/load-sample.ts'
import { searchKnowledge, type SearchTools } from '@hub/knowledge/commands/search-knowledge.ts'
import { LexiconReader } from '@hub/knowledge/store/lexicon-reader.ts'
import { TextCache } from '@hub/knowledge/store/text-cache.ts'
import { openBenchDatabase } from './knowledge-database.ts'
import { openGenerator } from './knowledge-generate.ts'
import type { Asked } from './knowledge-measure.ts'

/*
 * Searches among many articles, the sample's own among them: `node test/bench/knowledge-scale.ts 100000`. Several
 * numbers are measured one after the other over one growing database.
 */
const sizes = process.argv.slice(2).map(Number).filter(Boolean)
const QUESTIONS = 400
const PAGE = 4_000
const SAMPLE = new URL('../../subgraphs/knowledge/sample/', import.meta.url)
const clock = (): Date => new Date('2026-11-23T00:00:00Z')

const bench = await openBenchDatabase()
const { database } = bench
try {
  await loadSample(database, clock)
  const generate = await openGenerator()
  const lexicon = await new LexiconReader(database).current()
  const asked = (await Promise.all(
    ['kb', 'own', 'fresh', 'second', 'third'].map(async (file) =>
      JSON.parse(await readFile(new URL(`${file}_questions.json`, SAMPLE), 'utf8')),
    ),
  ).then((files) => files.flat())) as Asked[]
  let loaded = 0
  for (const size of sizes.length > 0 ? sizes : [10_000]) {
    await load(generate, loaded, size)
    loaded = size
    await reportSize()
    const tools: SearchTools = {
      database,
      texts: new TextCache(),
      lexicon: async () => lexicon,
      regions: ['全国', '山东省', '济南市'],
    }
    for (const round of ['cold', 'warm']) await measureRound(tools, asked.slice(0, QUESTIONS), round)
  }
} finally {
  await bench.stop()
}

async function load(
  generate: Awaited<ReturnType<typeof openGenerator>>,
  from: number,
  to: number,
): Promise<void> {
  const start = performance.now()
  const processor = process.cpuUsage()
  for (let at = from; at < to; at += PAGE)
    await importArticles(
      database,
      clock,
      Array.from({ length: Math.min(PAGE, to - at) }, (_, index) => generate(at + index)),
    )
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(processor)
  console.log(
    `${to} articles: ${to - from} loaded in ${seconds.toFixed(0)} s (${Math.round((to - from) / seconds)}/s, ${((user + system) / (to - from)).toFixed(0)} µs of this process each)`,
  )
  const owner = await database.sql.reserve()
  await owner`set role none`
  await owner`vacuum analyze knowledge.article_version, knowledge.posting, knowledge.term`
  await owner`set role hub_knowledge`
  owner.release()
}

async function reportSize(): Promise<void> {
  const [size] = await database.sql`
    select pg_size_pretty(pg_total_relation_size('posting')) as postings,
      pg_size_pretty(sum(octet_length(entries))) as entries, count(*) as rows,
      pg_size_pretty(pg_total_relation_size('term')) as terms,
      pg_size_pretty(pg_relation_size('article_version_plain_index')) as plain,
      pg_size_pretty(pg_total_relation_size('article_version')) as articles
    from posting`
  console.log('  index:', JSON.stringify(size))
}

async function measureRound(tools: SearchTools, asked: readonly Asked[], round: string): Promise<void> {
  const took: { ms: number; question: string }[] = []
  const processor = process.cpuUsage()
  let right = 0
  for (const { question, expected_title: title } of asked) {
    const start = performance.now()
    const { hits } = await searchKnowledge(tools, question, 5, '2026-11-23')
    took.push({ ms: performance.now() - start, question })
    if (hits[0]?.article.title === title) right++
  }
  const { user, system } = process.cpuUsage(processor)
  took.sort((one, other) => one.ms - other.ms)
  const at = (share: number): string => (took[Math.floor(took.length * share)]?.ms ?? 0).toFixed(1)
  const covered = asked.filter(({ expected_title: title }) => title !== null).length
  console.log(
    `  ${round}: ${took.length} searches, one at a time: p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms, ` +
      `${((user + system) / took.length / 1000).toFixed(1)} ms of this process each; the sample's own article first ${right} of ${covered}`,
  )
  if (process.argv.includes('--slow'))
    for (const { ms, question } of took.slice(-5)) console.log(`    ${ms.toFixed(1)} ms ${question}`)
}
