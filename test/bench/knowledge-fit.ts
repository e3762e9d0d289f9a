import { writeFile } from 'node:fs/promises'
import { readSampleQuestions, type SampleQuestion } from '@hub/knowledge/commands/load-known.ts'
import { loadSample } from '@hub/knowledge/commands/load-sample.ts'
import { searchKnowledge, type SearchTools } from '@hub/knowledge/commands/search-knowledge.ts'
import type { Coverage } from '@hub/knowledge/domain/coverage.ts'
import type { Features } from '@hub/knowledge/domain/evidence.ts'
import { KnownQuestions, type KnownEvidence } from '@hub/knowledge/domain/known.ts'
import type { Lexicon } from '@hub/knowledge/domain/lexicon.ts'
import type { RankedText } from '@hub/knowledge/domain/rank.ts'
import { LexiconReader } from '@hub/knowledge/store/lexicon-reader.ts'
import { TextCache } from '@hub/knowledge/store/text-cache.ts'
import { normalise } from '@hub/knowledge/store/words.ts'
import { openBenchDatabase } from './knowledge-database.ts'
import { fitLogistic, likelihoodOf, type Example, type Logistic } from './knowledge-logistic.ts'

/*
 * Fits the two models of the evidence: `alone` for a site that knows no questions, `known` for one that does. The word
 * lists were written with the older questions at hand and know them too well; so each is also asked with parts of the
 * lists forgotten, which is how an unseen question finds them. A question is never held against itself, nor against
 * others of its fifth. What is printed for a set is by a fit, and by known questions, without that set.
 */
const FORGOTTEN = [0, 0.5, 0.8] as const
const FOLDS = 5
/** Covered questions whose article was not found say little about what an answer looks like. */
const NOT_FOUND = 0.5
/** What is next to never wrong decides by itself. */
const HELD: Partial<Record<keyof Features, number>> = { clash: -5, elsewhere: -4.5 }
/** Wrong refusals that the line of each model allows, of questions that it was not fitted on. */
const WRONGLY = 0.05
/** Sets that nobody had read when the lists were written. */
const UNSPOILT = new Set(['unseen', 'labels1', 'labels2'])
const JUDGED = ['unseen', 'labels1', 'labels2', 'late', 'sealed', 'other', 'near']
const OF_KNOWN: ReadonlySet<string> = new Set<keyof KnownEvidence | keyof Coverage>([
  'usual',
  'nearAnswered',
  'nearRefused',
  'nearSame',
  'vote',
  'pairsShare',
  'pairsAbout',
  'pairsSum',
  'pairsAboutSum',
  'length',
  'pairsHad',
  'pairsHeading',
  'pairsHadSum',
  'pairsHeadingSum',
])

interface Row extends Example {
  readonly features: Features
  readonly from: SampleQuestion
  readonly article: { readonly id: string; readonly text: RankedText }
  readonly round: number
}

interface Judged {
  readonly row: Row
  readonly value: number
}

function fraction(text: string): number {
  let hash = 2_166_136_261
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619)
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32
}

function foldOf(question: string): number {
  return Math.floor(fraction(question) * FOLDS)
}

function withGaps(lexicon: Lexicon, share: number, seed: string): Lexicon {
  const kept = (phrase: string): boolean => fraction(`${seed} ${phrase}`) >= share
  return {
    ...lexicon,
    known: new KnownQuestions([]),
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

async function readRows(): Promise<Row[]> {
  const bench = await openBenchDatabase()
  try {
    await loadSample(bench.database, () => new Date('2026-11-23T00:00:00Z'))
    const lexicon = await new LexiconReader(bench.database).current()
    const texts = new TextCache()
    const rows: Row[] = []
    for (const from of await readSampleQuestions())
      for (const [round, share] of FORGOTTEN.entries()) {
        const tools: SearchTools = {
          database: bench.database,
          texts,
          lexicon: async () => withGaps(lexicon, share, `${from.question} ${round}`),
          regions: ['全国', '山东省', '济南市'],
        }
        const { evidence, hits } = await searchKnowledge(tools, from.question, 1, '2026-11-23')
        const top = hits[0]?.article
        const answerable = from.articles.length > 0
        const weight = answerable && !from.articles.includes(top?.id ?? '') ? NOT_FOUND : 1
        if (!evidence || !top) continue
        const article = {
          id: top.id,
          text: {
            title: normalise(top.title),
            keywords: top.keywords.map(normalise),
            body: normalise(top.body),
          },
        }
        rows.push({ features: evidence.features, from, article, round, answerable, weight })
      }
    return rows
  } finally {
    await bench.stop()
  }
}

/** The rows with what known questions say to each, those of its own fifth left out. */
function held(rows: readonly Row[], among: KnownQuestions): Row[] {
  const parts = Array.from({ length: FOLDS }, (_, fold) =>
    among.without(({ question }) => foldOf(question) === fold),
  )
  return rows.map((row) => withKnown(row, parts[foldOf(row.from.question)] as KnownQuestions))
}

function withKnown(row: Row, known: KnownQuestions): Row {
  const said = known.evidenceFor(row.from.question, row.article.id, row.article.text)
  return said ? { ...row, features: { ...row.features, ...said } } : row
}

/** Parts of the lists are forgotten only where nothing else tells what an unseen question looks like. */
function isNatural({ round }: Row): boolean {
  return round === 0
}

function report(name: string, judged: readonly Judged[], threshold: number): void {
  const rate = (list: readonly Judged[]): string =>
    `${list.filter(({ value }) => value < threshold).length}/${list.length}`
  const uncovered = judged.filter(({ row }) => !row.answerable)
  const kinds = [...new Set(uncovered.map(({ row }) => row.from.kind))]
  console.log(
    `${name} below ${threshold.toFixed(2)}: wrongly ${rate(judged.filter(({ row }) => row.answerable))}, rightly ${rate(uncovered)}`,
    ...kinds.map((kind) => `${kind} ${rate(uncovered.filter(({ row }) => row.from.kind === kind))}`),
  )
}

/** The line below which no more of the covered lie than may be refused: of each set, and the middle of these. */
function lineOf(judged: readonly Judged[]): number {
  const lines = [...Map.groupBy(judged, ({ row }) => row.from.set).values()].map((of) => {
    const covered = of.filter(({ row }) => row.answerable).map(({ value }) => value)
    return covered.toSorted((a, b) => a - b)[Math.floor(covered.length * WRONGLY)] ?? 0
  })
  return Math.round((100 * lines.reduce((sum, line) => sum + line, 0)) / lines.length) / 100
}

function judgedBy(model: Logistic, rows: readonly Row[]): Judged[] {
  return rows.map((row) => ({ row, value: likelihoodOf(model, row.features) }))
}

/** Each row judged by a fit of the other fifths. */
function crossed(rows: readonly Row[], fit: (rows: readonly Row[]) => Logistic): Judged[] {
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const model = fit(rows.filter(({ from }) => foldOf(from.question) !== fold))
    return judgedBy(
      model,
      rows.filter(({ from, round }) => round === 0 && foldOf(from.question) === fold),
    )
  })
}

const rows = await readRows()
const names = Object.keys(rows[0]?.features ?? {})
const fitOf = (some: readonly Row[], chosen: readonly string[]): Logistic => {
  const { bias, weights } = fitLogistic(some, chosen)
  return { bias, weights: { ...weights, ...HELD } }
}
const generally = names.filter((name) => !OF_KNOWN.has(name))
const fitAlone = (some: readonly Row[]): Logistic => fitOf(some, generally)
const fitKnown = (some: readonly Row[]): Logistic => fitOf(some, names)
const every = new KnownQuestions(await readSampleQuestions())
const unspoilt = (judged: readonly Judged[]): Judged[] =>
  judged.filter(({ row }) => UNSPOILT.has(row.from.set))

for (const set of JUDGED) {
  const others = rows.filter(({ from }) => from.set !== set)
  const own = rows.filter(({ from, round }) => from.set === set && round === 0)
  const known = new KnownQuestions(every.questions.filter((each) => (each as SampleQuestion).set !== set))
  const alone = crossed(others, fitAlone)
  report(`${set} alone`, judgedBy(fitAlone(others), own), lineOf(unspoilt(alone)))
  const natural = held(others.filter(isNatural), known)
  const line = lineOf(unspoilt(crossed(natural, fitKnown)))
  report(
    `${set} known`,
    judgedBy(
      fitKnown(natural),
      own.map((row) => withKnown(row, known)),
    ),
    line,
  )
}
const natural = held(rows.filter(isNatural), every)
const [crossAlone, crossKnown] = [unspoilt(crossed(rows, fitAlone)), unspoilt(crossed(natural, fitKnown))]
const [lineAlone, lineKnown] = [lineOf(crossAlone), lineOf(crossKnown)]
report('all, by fifths, alone', crossAlone, lineAlone)
report('all, by fifths, known', crossKnown, lineKnown)
const models = {
  alone: { threshold: lineAlone, ...fitAlone(rows) },
  known: { threshold: lineKnown, ...fitKnown(natural) },
}
await writeFile(
  new URL('../../subgraphs/knowledge/domain/evidence-model.json', import.meta.url),
  `${JSON.stringify(models, null, 2)}\n`,
)
console.log(`${rows.length} rows`, models)
