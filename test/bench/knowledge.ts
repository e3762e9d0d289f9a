import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { loadSample } from '@hub/knowledge/commands/load-sample.ts'
import { searchKnowledge, type SearchTools } from '@hub/knowledge/commands/search-knowledge.ts'
import { LexiconReader } from '@hub/knowledge/store/lexicon-reader.ts'
import { TextCache } from '@hub/knowledge/store/text-cache.ts'
import { openBaselines } from './knowledge-baselines.ts'
import { openBenchDatabase } from './knowledge-database.ts'
import { measure, type Asked, type Outcome } from './knowledge-measure.ts'

const SAMPLE = new URL('../../subgraphs/knowledge/sample/', import.meta.url)
const DAY = '2026-11-23'
const verbose = process.argv.includes('--wrong')
/** `--questions FILE` measures the questions of a file alone. */
const files = process.argv.flatMap((each, index, all) => (all[index - 1] === '--questions' ? [each] : []))

async function questionsOf(file: string): Promise<Asked[]> {
  return JSON.parse(await readFile(new URL(file, SAMPLE), 'utf8')) as Asked[]
}

/** Even ones tune, odd ones judge: said in the README of the sample. */
function half(questions: readonly Asked[], part: 'tune' | 'judge'): Asked[] {
  return questions.filter((_, index) => index % 2 === (part === 'tune' ? 0 : 1))
}

const bench = await openBenchDatabase()
const { database } = bench
try {
  await loadSample(database, () => new Date('2026-11-23T00:00:00Z'))
  const lexicon = await new LexiconReader(database).current()
  let asking = lexicon
  const tools: SearchTools = {
    database,
    texts: new TextCache(),
    lexicon: async () => asking,
    regions: ['全国', '山东省', '济南市'],
  }
  const took: number[] = []
  const search = async (question: string): Promise<Outcome> => {
    const start = performance.now()
    const { answerable, hits, evidence } = await searchKnowledge(tools, question, 5, DAY)
    took.push(performance.now() - start)
    const note = evidence
      ? `share ${evidence.share.toFixed(2)} strength ${evidence.strength.toFixed(2)}`
      : 'nothing'
    return { answerable, titles: hits.map(({ article }) => article.title), note }
  }
  const ways = { hub: search, ...(await openBaselines(database)) }
  for (const [name, questions] of files.length > 0 ? await filesAlone() : await ownSets()) {
    // What is measured is not known.
    const texts = new Set(questions.map(({ question }) => question))
    asking = { ...lexicon, known: lexicon.known.without(({ question }) => texts.has(question)) }
    for (const [way, ask] of Object.entries(ways))
      await measure(name, way, questions, ask, verbose && way === 'hub')
  }
  took.sort((one, other) => one - other)
  const at = (share: number): string => (took[Math.floor(took.length * share)] ?? 0).toFixed(1)
  console.log(
    `search over 158 articles: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${took.length} questions, one at a time`,
  )
} finally {
  await bench.stop()
}

type NamedSet = readonly [name: string, questions: readonly Asked[]]

async function filesAlone(): Promise<NamedSet[]> {
  return Promise.all(
    files.map(
      async (file) => [path.basename(file), JSON.parse(await readFile(file, 'utf8')) as Asked[]] as const,
    ),
  )
}

async function ownSets(): Promise<NamedSet[]> {
  const given = await questionsOf('kb_questions.json')
  const own = await questionsOf('own_questions.json')
  const further = [
    ...(await questionsOf('fresh_questions.json')),
    ...(await questionsOf('second_questions.json')),
    ...(await questionsOf('third_questions.json')),
  ]
  const late = await questionsOf('late_questions.json')
  const cases = await questionsOf('case_questions.json')
  const halves = (['tune', 'judge'] as const).flatMap((part): NamedSet[] => [
    [`${part} given`, half(given, part)],
    [`${part} own`, half(own, part)],
    [`${part} cases`, half(cases, part)],
    part === 'tune' ? ['tune further', further] : ['judge late', late],
  ])
  const blind: NamedSet = ['blind', await questionsOf('blind_questions.json')]
  return process.argv.includes('--sealed')
    ? [['sealed', await questionsOf('sealed_questions.json')], blind, ...halves]
    : [blind, ...halves]
}
