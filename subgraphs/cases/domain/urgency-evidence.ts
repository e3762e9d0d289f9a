import { featuresOf, gramsOf, signsValue, type UrgencyFeatures } from './urgency-features.ts'
import model from './urgency-model.json' with { type: 'json' }

/** Weights of characters and pairs, unpacked once: the model keeps those of one weight in one string. */
const weights: ReadonlyMap<string, number> = new Map(
  model.grams.flatMap(({ weight, ones, pairs }) =>
    [...ones, ...(pairs.match(/../gu) ?? [])].map((gram): [string, number] => [gram, weight]),
  ),
)
const cueWeights: Readonly<Record<string, number>> = model.cues
const LONGEST_CLAUSE = 40

/**
 * How strongly a plain text tells of a danger that is going on: the log-odds of a logistic model over signs, kinds of
 * words and characters, fitted on invented calls (`node test/bench/triage-fit.ts`). From 0 on it is taken for one.
 */
export function weighDanger(text: string, signs: number): number {
  const { cues, grams, gramValue, isNotNow } = featuresOf(text)
  const told = cues.reduce((sum, { cue, count }) => sum + (cueWeights[cue.name] ?? 0) * count, 0)
  const said = model.signs * signsValue(signs) + (isNotNow ? model.notNow : 0)
  return model.bias + said + told + sumOf(grams) * gramValue
}

/** The words that tell of it: kinds of evidence that speak for danger, and the clause that speaks the loudest. */
export function wordsOfDanger(text: string, clauses: readonly string[]): string[] {
  const { cues }: UrgencyFeatures = featuresOf(text)
  const kinds = cues
    .filter(({ cue }) => cue.label !== null && (cueWeights[cue.name] ?? 0) > 0)
    .toSorted((a, b) => (cueWeights[b.cue.name] ?? 0) * b.count - (cueWeights[a.cue.name] ?? 0) * a.count)
    .slice(0, 3)
    .map(({ cue, words }) => `${cue.label}:“${words}”`)
  const [loudest] = clauses
    .map((clause) => clause.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((clause) => clause !== '')
    .toSorted((a, b) => sumOf(gramsOf(b)) - sumOf(gramsOf(a)))
  return loudest === undefined ? kinds : [`险情描述:“${loudest.slice(0, LONGEST_CLAUSE)}”`, ...kinds]
}

function sumOf(grams: ReadonlySet<string>): number {
  return [...grams].reduce((sum, gram) => sum + (weights.get(gram) ?? 0), 0)
}
