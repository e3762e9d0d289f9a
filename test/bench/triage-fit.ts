import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { readText, signsIn } from '@hub/cases/domain/urgency.ts'
import { featuresOf, signsValue } from '@hub/cases/domain/urgency-features.ts'

/*
 * Fits the weights by which danger is told (logistic regression, AdaGrad), and says how it does on calls that it was not
 * fitted on, fold by fold. The signs were written with the lines of test/domain at hand and know them too well: those
 * lines do not say how much a sign is worth.
 */
const ROUNDS = 30
const RATE = 0.3
const SHRINK = 0.003
const FOLDS = 10
/** Part of the ordinary calls that may be flagged where the model draws the line; missing a danger is far worse. */
const FLAGGED = 0.04
const STEP = 0.1

interface Row {
  readonly danger: boolean
  readonly worth: number
  readonly origin: string
  readonly features: ReadonlyMap<string, number>
}
type Weights = Map<string, number>

const file = (path: string): Promise<string> => readFile(new URL(`../../${path}`, import.meta.url), 'utf8')
const linesOf = async (path: string): Promise<string[]> =>
  (await file(path)).split('\n').filter((line) => line !== '' && !line.startsWith('#'))

function rowOf(origin: string, danger: boolean, title: string, content: string): Row {
  const { text, clauses } = readText(title, content)
  const { cues, grams, gramValue, isNotNow } = featuresOf(text)
  const features = new Map<string, number>([['bias', 1]])
  for (const gram of grams) features.set(`gram ${gram}`, gramValue)
  for (const { cue, count } of cues) features.set(`cue ${cue.name}`, count)
  if (isNotNow) features.set('notNow', 1)
  const signs = origin === 'lines' ? 0 : signsValue(signsIn(text, clauses).length)
  if (signs > 0) features.set('signs', signs)
  return { danger, worth: origin === 'lines' ? 0.7 : 1, origin, features }
}

async function readRows(more: readonly string[]): Promise<Row[]> {
  const emergencies = await linesOf('test/domain/triage-emergencies.txt')
  const others = await linesOf('test/domain/triage-no-emergencies.txt')
  const examples = await linesOf('subgraphs/departments/sample/examples.tsv')
  const sample = JSON.parse(await file('subgraphs/cases/sample/cases.json')) as SampleCase[]
  const isTuned = ({ id }: SampleCase): boolean =>
    (createHash('sha256').update(id).digest().at(-1) ?? 0) % 2 === 0
  const further = (await Promise.all(more.map((path) => readFile(path, 'utf8')))).flatMap(
    (text) => JSON.parse(text) as SampleCase[],
  )
  return [
    ...emergencies.map((line) => rowOf('lines', true, '', line)),
    ...others.map((line) => rowOf('lines', false, '', line)),
    ...examples.map((line) => {
      const [kind, , told = ''] = line.split('\t')
      return rowOf('examples', kind === 'emergency', '', told)
    }),
    ...[...sample.filter(isTuned), ...further].map((each) =>
      rowOf('cases', each.expectedHandling === 'EMERGENCY', each.title, each.content),
    ),
  ]
}

interface SampleCase {
  readonly id: string
  readonly title: string
  readonly content: string
  readonly expectedHandling: string
}

/** The same order every time: a fit can be repeated. */
function shuffled(rows: readonly Row[], round: number): Row[] {
  const keyOf = (index: number): number => Math.imul(index + 1, 2_654_435_761 + round * 40_503) >>> 0
  return rows
    .map((row, index) => ({ row, key: keyOf(index) }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ row }) => row)
}

function fit(rows: readonly Row[]): Weights {
  const weights: Weights = new Map()
  const squares: Weights = new Map()
  for (let round = 0; round < ROUNDS; round++)
    for (const { danger, worth, features } of shuffled(rows, round)) {
      const error = (1 / (1 + Math.exp(-weigh(weights, features))) - (danger ? 1 : 0)) * worth
      for (const [name, value] of features) {
        const weight = weights.get(name) ?? 0
        const slope = error * value + (name === 'bias' ? 0 : SHRINK * weight)
        const square = (squares.get(name) ?? 0.01) + slope * slope
        squares.set(name, square)
        weights.set(name, weight - (RATE * slope) / Math.sqrt(square))
      }
    }
  return weights
}

function weigh(weights: Weights, features: ReadonlyMap<string, number>): number {
  return features.entries().reduce((sum, [name, value]) => sum + (weights.get(name) ?? 0) * value, 0)
}

/** What every row weighs by a model that was fitted without it. */
function unseen(rows: readonly Row[]): { row: Row; weight: number }[] {
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const weights = fit(rows.filter((_, index) => index % FOLDS !== fold))
    return rows
      .filter((_, index) => index % FOLDS === fold)
      .map((row) => ({ row, weight: weigh(weights, row.features) }))
  })
}

function packed(weights: Weights, line: number): unknown {
  const rounded = (value: number): number => Math.round(value / STEP) / Math.round(1 / STEP)
  const all = [...weights].map(([name, weight]) => ({ name, weight: rounded(weight) }))
  const grams = all.filter(({ name, weight }) => name.startsWith('gram ') && weight !== 0)
  const groups = [...Map.groupBy(grams, ({ weight }) => weight)].toSorted(([a], [b]) => b - a)
  const joined = (group: readonly { name: string }[], length: number): string =>
    group
      .map(({ name }) => name.slice('gram '.length))
      .filter((gram) => gram.length === length)
      .toSorted()
      .join('')
  const single = (name: string): number => Math.round((weights.get(name) ?? 0) * 100) / 100
  return {
    bias: Math.round((single('bias') - line) * 100) / 100,
    signs: single('signs'),
    notNow: single('notNow'),
    cues: Object.fromEntries(
      [...weights.keys()]
        .filter((name) => name.startsWith('cue '))
        .toSorted()
        .map((name) => [name.slice('cue '.length), single(name)]),
    ),
    grams: groups.map(([weight, group]) => ({ weight, ones: joined(group, 1), pairs: joined(group, 2) })),
  }
}

const rows = await readRows(process.argv.slice(2))
const judged = unseen(rows)
const calls = judged.filter(({ row }) => row.origin !== 'lines')
const quiet = calls.filter(({ row }) => !row.danger).map(({ weight }) => weight)
const line = quiet.toSorted((a, b) => b - a)[Math.floor(quiet.length * FLAGGED)] ?? 0
for (const origin of ['lines', 'examples', 'cases']) {
  const of = (danger: boolean): { weight: number }[] =>
    judged.filter(({ row }) => row.origin === origin && row.danger === danger)
  const share = (list: readonly { weight: number }[]): string =>
    `${list.filter(({ weight }) => weight >= line).length}/${list.length}`
  console.log(`${origin}: not fitted on, emergencies found ${share(of(true))}, false ${share(of(false))}`)
}
const model = new URL('../../subgraphs/cases/domain/urgency-model.json', import.meta.url)
await writeFile(model, `${JSON.stringify(packed(fit(rows), line), null, 2)}\n`)
console.log(`line drawn at ${line.toFixed(2)}; ${model.pathname} written from ${rows.length} calls`)
