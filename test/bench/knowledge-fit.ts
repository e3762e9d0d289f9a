import { readFile, writeFile } from 'node:fs/promises'
import model from '@hub/knowledge/domain/evidence-model.json' with { type: 'json' }
import { loadSample } from '@hub/knowledge/commands/load-sample.ts'
import { searchKnowledge, type SearchTools } from '@hub/knowledge/commands/search-knowledge.ts'
import type { Features } from '@hub/knowledge/domain/evidence.ts'
import type { Lexicon } from '@hub/knowledge/domain/lexicon.ts'
import { LexiconReader } from '@hub/knowledge/store/lexicon-reader.ts'
import { TextCache } from '@hub/knowledge/store/text-cache.ts'
import { openBenchDatabase } from './knowledge-database.ts'
import type { Asked } from './knowledge-measure.ts'

/*
 * Fits the weights of the evidence. The word lists were written with the tuning questions at hand and know them too
 * well; so each question is also asked with parts of the lists forgotten, which is how an unseen question finds them.
 */
const FORGOTTEN = [0, 0.4, 0.4, 0.7, 0.7, 1] as const
const STEPS = 4_000
const RATE = 0.5
const SHRINK = 0.004
/** Share of the uncovered questions that the threshold refuses on the tuning questions as asked with gaps. */
const REFUSED = 0.86

interface Row {
  readonly features: Features
  readonly answerable: boolean
}

const names = Object.keys(model.weights) as (keyof Features)[]

function fraction(text: string): number {
  let hash = 2_166_136_261
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619)
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32
}

function withGaps(lexicon: Lexicon, share: number, seed: string): Lexicon {
  const kept = (phrase: string): boolean => fraction(`${seed} ${phrase}`) >= share
  return {
    ...lexicon,
    sayingsIn: (text) => lexicon.sayingsIn(text).filter(({ parts }) => kept(parts.join('+'))),
    synonymsIn: (text) => lexicon.synonymsIn(text).filter(kept),
    subjectsIn: (text) => lexicon.subjectsIn(text).filter(({ subject }) => kept(subject)),
    hintedIn: (text) =>
      lexicon.hintedIn(text).map((hint) => {
        const left = hint.words.filter(kept)
        return {
          ...hint,
          words: left,
          strength: (hint.strength * left.length) / Math.max(1, hint.words.length),
        }
      }),
  }
}

function fit(rows: readonly Row[]): { bias: number; weights: Record<string, number> } {
  const weights = names.map(() => 0)
  let bias = 0
  const many = { yes: rows.filter(({ answerable }) => answerable).length, no: 0 }
  many.no = rows.length - many.yes
  for (let step = 0; step < STEPS; step++) {
    const slope = names.map(() => 0)
    let biasSlope = 0
    for (const { features, answerable } of rows) {
      const sum = names.reduce((total, name, at) => total + (weights[at] ?? 0) * features[name], bias)
      const error = (answerable ? 1 : 0) - 1 / (1 + Math.exp(-sum))
      const weight = 0.5 / (answerable ? many.yes : many.no)
      for (const [at, name] of names.entries()) slope[at] = (slope[at] ?? 0) + weight * error * features[name]
      biasSlope += weight * error
    }
    for (const at of names.keys())
      weights[at] = (weights[at] ?? 0) + RATE * ((slope[at] ?? 0) - SHRINK * (weights[at] ?? 0))
    bias += RATE * biasSlope
  }
  const rounded = (value: number): number => Math.round(value * 1000) / 1000
  return {
    bias: rounded(bias),
    weights: Object.fromEntries(names.map((name, at) => [name, rounded(weights[at] ?? 0)])),
  }
}

const bench = await openBenchDatabase()
try {
  await loadSample(bench.database, () => new Date('2026-11-23T00:00:00Z'))
  const lexicon = await new LexiconReader(bench.database).current()
  const texts = new TextCache()
  const read = async (file: string): Promise<Asked[]> =>
    JSON.parse(
      await readFile(
        new URL(`../../subgraphs/knowledge/sample/${file}_questions.json`, import.meta.url),
        'utf8',
      ),
    ) as Asked[]
  const even = (questions: Asked[]): Asked[] => questions.filter((_, index) => index % 2 === 0)
  const tuning = [
    ...even(await read('kb')),
    ...even(await read('own')),
    ...even(await read('case')),
    ...(await read('fresh')),
    ...(await read('second')),
    ...(await read('third')),
  ]
  const rows: Row[] = []
  for (const { id, question, expected_title: title } of tuning)
    for (const [round, share] of FORGOTTEN.entries()) {
      const tools: SearchTools = {
        database: bench.database,
        texts,
        lexicon: async () => withGaps(lexicon, share, `${id} ${round}`),
        regions: ['全国', '山东省', '济南市'],
      }
      const { evidence } = await searchKnowledge(tools, question, 3, '2026-11-23')
      if (evidence) rows.push({ features: evidence.features, answerable: title !== null })
    }
  const { bias, weights } = fit(rows)
  const likelihood = ({ features }: Row): number =>
    1 / (1 + Math.exp(-names.reduce((sum, name) => sum + (weights[name] ?? 0) * features[name], bias)))
  const no = rows.filter(({ answerable }) => !answerable).map(likelihood)
  const yes = rows.filter(({ answerable }) => answerable).map(likelihood)
  no.sort((one, other) => one - other)
  const threshold = Math.round((no[Math.floor(no.length * REFUSED)] ?? 0.5) * 1000) / 1000
  const wrong = yes.filter((value) => value < threshold).length / yes.length
  console.log(
    `${rows.length} rows; threshold ${threshold}; wrongly refused with gaps ${(100 * wrong).toFixed(1)} %`,
  )
  console.log(weights)
  await writeFile(
    new URL('../../subgraphs/knowledge/domain/evidence-model.json', import.meta.url),
    `${JSON.stringify({ threshold, bias, weights }, null, 2)}\n`,
  )
} finally {
  await bench.stop()
}
