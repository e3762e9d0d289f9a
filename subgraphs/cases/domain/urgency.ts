import { plainText } from '@hub/kit/plain-text.ts'
import { weighDanger, wordsOfDanger } from './urgency-evidence.ts'
import { withoutFigures } from './urgency-figures.ts'
import { clausesOf, isHarmless } from './urgency-guards.ts'
import { hazardsIn } from './urgency-hazards.ts'
import { compoundSigns } from './urgency-compound-signs.ts'
import { urgentSigns } from './urgency-distress.ts'
import { criticalSigns, type Sign } from './urgency-signs.ts'
import type { Urgency } from './values.ts'

const LONGEST = 3000
/** What is said last, where a long story ends in what it is about. */
const LAST_WORDS = 80

export interface UrgencyAssessment {
  readonly urgency: Urgency
  /** What kind of danger, and the words that say so, zh-CN. */
  readonly reasons: readonly string[]
}

/**
 * Whether the words point to danger for life or property (R56): a proposal with its reasons, a person decides. Signs are
 * words and combinations that name a danger where nothing denies, supposes or ends it; the model weighs them against
 * everything else that is said. What falls just short of danger is urgent.
 */
export function assessUrgency(title: string, content: string): UrgencyAssessment {
  const { text, clauses } = readText(title, content)
  const signs = signsIn(text, clauses)
  const danger = Math.max(weighDanger(endsOf(text), signs.length), weighLastWords(text, signs))
  if (danger >= 0)
    return { urgency: 'CRITICAL', reasons: signs.length > 0 ? signs : wordsOfDanger(endsOf(text), clauses) }
  const urgent = reasonsOf(clauses, urgentSigns, true)
  return { urgency: urgent.length > 0 ? 'URGENT' : 'NORMAL', reasons: urgent }
}

/** A long grievance must not drown what stands at its end: signs of danger there are weighed with the last words alone. */
function weighLastWords(text: string, signs: readonly string[]): number {
  if (signs.length === 0 || text.length <= 2 * LAST_WORDS) return -Infinity
  const last = text.slice(-LAST_WORDS)
  const there = signsIn(last, clausesOf(last)).filter((sign) => signs.includes(sign))
  return there.length === 0 ? -Infinity : weighDanger(last, there.length)
}

/** A case as it is read: plain, without figures of speech, in clauses. */
export function readText(title: string, content: string): { text: string; clauses: string[] } {
  const text = withoutFigures(`${plainText(title)}。${plainText(content)}`)
  return { text, clauses: clausesOf(text) }
}

/** The signs of danger, one of each kind, each with its words. */
export function signsIn(text: string, clauses: readonly string[]): string[] {
  const together = clauses.map((clause, index) => clause + (clauses[index + 1] ?? ''))
  return oneOfEach([
    ...reasonsOf(clauses, criticalSigns, false),
    ...reasonsOf(together, compoundSigns, false),
    ...hazardsIn(clausesOf(endsOf(text))),
  ])
}

/** Signs are looked for everywhere; combinations, which cost more, at the beginning and the end of a long text. */
function endsOf(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST / 2)}。${text.slice(-LONGEST / 2)}`
}

/** The first reason of each kind. */
function oneOfEach(reasons: readonly string[]): string[] {
  return [
    ...new Map(reasons.toReversed().map((reason) => [reason.split(':')[0], reason])).values(),
  ].toReversed()
}

function reasonsOf(clauses: readonly string[], signs: readonly Sign[], lasting: boolean): string[] {
  const reasons = new Map<string, string>()
  for (const sign of signs) {
    const words = foundIn(clauses, sign, lasting)
    if (words !== null && !reasons.has(sign.label)) reasons.set(sign.label, `${sign.label}:“${words}”`)
  }
  return [...reasons.values()]
}

function foundIn(clauses: readonly string[], { pattern, unless }: Sign, lasting: boolean): string | null {
  for (const [index, clause] of clauses.entries()) {
    if (unless?.test(clause)) continue
    const match = pattern.exec(clause)
    if (match && !isHarmless(clauses, index, match.index, match[0], lasting)) return match[0]
  }
  return null
}
