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
 * Fits the weights of the evidence. The word lists were written with many of the questions at hand and know them too
 * well; so each question is also asked with parts of the lists forgotten, which is how an unseen question finds them.
 * What is printed is by cross-validation: each fifth of the questions judged by a fit of the other four.
 */
const FORGOTTEN = [0, 0.5, 0.8] as const
const FOLDS = 5
const STEPS = 1_500
const RATE = 1
const SHRINK = 0.004
/** Covered questions whose article was not found say little about what an answer looks like. */
const NOT_FOUND = 0.5
/** What is next to never wrong decides by itself. */
const HELD: Partial<Record<keyof Features, number>> = { unmet: -5, clash: -5, elsewhere: -4.5 }
const THRESHOLD = 0.22

interface Row {
  readonly features: Features
  readonly answerable: boolean
  readonly weight: number
  readonly fold: number
  readonly round: number
  readonly set: string
}

interface Model {
  readonly bias: number
  readonly weights: Record<string, number>
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
    asksIn: (text) => lexicon.asksIn(text).filter(({ phrase }) => kept(phrase)),
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

function fit(rows: readonly Row[]): Model {
  const weights = names.map((name) => HELD[name] ?? 0)
  let bias = 0
  const total = (answerable: boolean): number =>
    rows.filter((row) => row.answerable === answerable).reduce((sum, { weight }) => sum + weight, 0)
  const many = { yes: total(true), no: total(false) }
  for (let step = 0; step < STEPS; step++) {
    const slope = names.map(() => 0)
    let biasSlope = 0
    for (const { features, answerable, weight } of rows) {
      const sum = names.reduce((so, name, at) => so + (weights[at] ?? 0) * features[name], bias)
      const error = (answerable ? 1 : 0) - 1 / (1 + Math.exp(-sum))
      const pull = (0.5 * weight * error) / (answerable ? many.yes : many.no)
      for (const [at, name] of names.entries()) slope[at] = (slope[at] ?? 0) + pull * features[name]
      biasSlope += pull
    }
    for (const [at, name] of names.entries())
      if (HELD[name] === undefined)
        weights[at] = (weights[at] ?? 0) + RATE * ((slope[at] ?? 0) - SHRINK * (weights[at] ?? 0))
    bias += RATE * biasSlope
  }
  const rounded = (value: number): number => Math.round(value * 1000) / 1000
  return {
    bias: rounded(bias),
    weights: Object.fromEntries(names.map((name, at) => [name, rounded(weights[at] ?? 0)])),
  }
}

function likelihood({ bias, weights }: Model, { features }: Row): number {
  return 1 / (1 + Math.exp(-names.reduce((sum, name) => sum + (weights[name] ?? 0) * features[name], bias)))
}

/** How the questions of each set fare, judged by fits that did not see them. */
function crossValidate(rows: readonly Row[]): void {
  const models = Array.from({ length: FOLDS }, (_, fold) => fit(rows.filter((row) => row.fold !== fold)))
  const judged = rows.map((row) => ({ ...row, value: likelihood(models[row.fold] as Model, row) }))
  for (const threshold of [THRESHOLD - 0.08, THRESHOLD, THRESHOLD + 0.08])
    for (const round of FORGOTTEN.keys())
      console.log(
        `threshold ${threshold.toFixed(2)}, ${FORGOTTEN[round]} forgotten: ` +
          [...new Set(rows.map(({ set }) => set)), 'all']
            .map((set) => {
              const of = (answerable: boolean): string => {
                const those = judged.filter(
                  (row) =>
                    row.round === round &&
                    row.answerable === answerable &&
                    (set === 'all' || row.set === set),
                )
                const refused = those.filter(({ value }) => value < threshold).length
                return `${refused}/${those.length}`
              }
              return `${set} wrongly ${of(true)} rightly ${of(false)}`
            })
            .join(' · '),
      )
}

const bench = await openBenchDatabase()
try {
  await loadSample(bench.database, () => new Date('2026-11-23T00:00:00Z'))
  const lexicon = await new LexiconReader(bench.database).current()
  const texts = new TextCache()
  const rows: Row[] = []
  for (const set of ['kb', 'own', 'case', 'fresh', 'second', 'third', 'late', 'near', 'other']) {
    const url = new URL(`../../subgraphs/knowledge/sample/${set}_questions.json`, import.meta.url)
    const questions = JSON.parse(await readFile(url, 'utf8')) as Asked[]
    for (const { id, question, expected_title: title, also_acceptable: also = [] } of questions)
      for (const [round, share] of FORGOTTEN.entries()) {
        const tools: SearchTools = {
          database: bench.database,
          texts,
          lexicon: async () => withGaps(lexicon, share, `${id} ${round}`),
          regions: ['全国', '山东省', '济南市'],
        }
        const { evidence, hits } = await searchKnowledge(tools, question, 1, '2026-11-23')
        const found = hits[0] !== undefined && [title, ...also].includes(hits[0].article.title)
        if (evidence)
          rows.push({
            features: evidence.features,
            answerable: title !== null,
            weight: title === null || found ? 1 : NOT_FOUND,
            fold: Math.floor(fraction(question) * FOLDS),
            round,
            set,
          })
      }
  }
  crossValidate(rows)
  const fitted = fit(rows)
  console.log(`${rows.length} rows`, fitted)
  await writeFile(
    new URL('../../subgraphs/knowledge/domain/evidence-model.json', import.meta.url),
    `${JSON.stringify({ threshold: THRESHOLD, ...fitted }, null, 2)}\n`,
  )
} finally {
  await bench.stop()
}
