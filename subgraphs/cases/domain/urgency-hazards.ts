import { hazardsOfPeople } from './urgency-hazards-people.ts'
import { hazardsOfThings } from './urgency-hazards-things.ts'
import { isHarmless } from './urgency-guards.ts'

/** Danger told as a combination: what is dangerous, the state that says it is happening, who is exposed to it. */
export interface Hazard {
  /** What a reader is told, zh-CN. */
  readonly label: string
  /** The state: it happens, or is about to. */
  readonly state: string
  /** The agent, or the one it happens to; absent where the state alone says everything. */
  readonly agent?: string
  /** What must stand near as well: persons exposed, or that it is now. */
  readonly also?: readonly string[]
  /** Characters between agent and state at most. */
  readonly reach?: number
  /** Words that make the same words harmless. */
  readonly unless?: RegExp
  /** Words anywhere in the text that tell it is an everyday fault. */
  readonly unlessTold?: RegExp
}

interface Compiled {
  readonly hazard: Hazard
  readonly state: RegExp
  readonly agent: RegExp | null
  readonly also: readonly RegExp[]
}

interface Span {
  readonly from: number
  readonly to: number
}

const REACH = 16
/** How far around the words persons and present are looked for. */
const AROUND = 40

const compiled: readonly Compiled[] = [...hazardsOfPeople, ...hazardsOfThings].map((hazard) => ({
  hazard,
  state: new RegExp(hazard.state, 'g'),
  agent: hazard.agent === undefined ? null : new RegExp(hazard.agent, 'g'),
  also: (hazard.also ?? []).map((source) => new RegExp(source)),
}))

/** The hazards a text tells of, each with its words. */
export function hazardsIn(clauses: readonly string[]): string[] {
  const text = clauses.join('')
  return compiled.flatMap((each) => {
    const words = wordsOf(each, text, clauses)
    return words === null ? [] : [`${each.hazard.label}:“${words}”`]
  })
}

function wordsOf({ hazard, state, agent, also }: Compiled, text: string, clauses: readonly string[]) {
  if (hazard.unlessTold?.test(text)) return null
  for (const found of spansOf(text, state)) {
    const partners = agent === null ? [found] : spansOf(text, agent)
    for (const partner of partners) {
      const whole = { from: Math.min(found.from, partner.from), to: Math.max(found.to, partner.to) }
      const gap = Math.max(found.from, partner.from) - Math.min(found.to, partner.to)
      if (gap > (hazard.reach ?? REACH)) continue
      const around = text.slice(Math.max(0, whole.from - AROUND), whole.to + AROUND)
      if (!also.every((pattern) => pattern.test(around))) continue
      if (hazard.unless?.test(text.slice(Math.max(0, whole.from - 8), whole.to + 8))) continue
      if (isHarmlessAt(clauses, text, found) || isHarmlessAt(clauses, text, partner)) continue
      return text.slice(whole.from, whole.to)
    }
  }
  return null
}

function spansOf(text: string, pattern: RegExp): Span[] {
  return [...text.matchAll(pattern)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }))
}

function isHarmlessAt(clauses: readonly string[], text: string, { from, to }: Span): boolean {
  let start = 0
  for (const [index, clause] of clauses.entries()) {
    if (from < start + clause.length)
      return isHarmless(clauses, index, from - start, text.slice(from, to), false)
    start += clause.length
  }
  return false
}
