import { strengthOf, type Sought } from './lookup.ts'
import { eachEntry, lastNumberOf, type Place } from './postings.ts'
import type { Rarity } from './rank.ts'

interface Block {
  readonly term: string
  readonly place: Place
  readonly block: number
  readonly entries: Uint8Array
}

const STEPS = 1024
/** Articles with less than this share of the best score are not ranked anew, but for a few. */
const FLOOR = 0.15
const FEW = 15

/** The numbers of the articles that speak most of what is sought, best first: a first ranking, by the index alone. */
export function bestCandidates(
  sought: readonly Sought[],
  blocks: readonly Block[],
  rarity: Rarity,
  most: number,
): number[] {
  const byTerm = new Map<string, Block[]>()
  let last = -1
  for (const block of blocks) {
    const list = byTerm.get(block.term)
    if (list) list.push(block)
    else byTerm.set(block.term, [block])
    last = Math.max(last, lastNumberOf(block.block))
  }
  const scores = new Float32Array(last + 1)
  const touched: number[] = []
  const add = (no: number, worth: number): void => {
    const before = scores[no] ?? 0
    if (before === 0) touched.push(no)
    scores[no] = before + worth
  }
  for (const { terms, weight } of sought) {
    const worth = weight * Math.max(...terms.map(rarity))
    if (worth === 0) continue
    const [only = '', ...others] = terms
    if (others.length === 0) {
      for (const { place, block, entries } of byTerm.get(only) ?? [])
        eachEntry(block, entries, (no) => add(no, worth * strengthOf(place)))
    } else for (const [no, strength] of together(terms, byTerm)) add(no, worth * strength)
  }
  return highest(touched, scores, most)
}

/** Which articles have all of the terms, and how strongly they speak of the one they speak least of. */
function together(
  terms: readonly string[],
  byTerm: ReadonlyMap<string, readonly Block[]>,
): Map<number, number> {
  const lists = terms.map((term) => byTerm.get(term) ?? [])
  lists.sort((one, other) => lengthOf(one) - lengthOf(other))
  let so: Map<number, number> | undefined
  for (const list of lists) {
    const next = new Map<number, number>()
    for (const { place, block, entries } of list)
      eachEntry(block, entries, (no) => {
        const before = so === undefined ? 1 : so.get(no)
        if (before !== undefined) next.set(no, Math.min(before, strengthOf(place)))
      })
    so = next
  }
  return so ?? new Map()
}

function lengthOf(list: readonly Block[]): number {
  return list.reduce((sum, { entries }) => sum + entries.length, 0)
}

/** Those with the highest scores. A count by steps finds where to cut, so that only the best are sorted. */
function highest(touched: readonly number[], scores: Float32Array, most: number): number[] {
  let best = 0
  for (const no of touched) best = Math.max(best, scores[no] ?? 0)
  const stepOf = (no: number): number => Math.floor(((scores[no] ?? 0) / best) * (STEPS - 1))
  const steps = new Uint32Array(STEPS)
  for (const no of touched) {
    const step = stepOf(no)
    steps[step] = (steps[step] ?? 0) + 1
  }
  let cut = STEPS - 1
  for (let many = steps[cut] ?? 0; many < most && cut > 0; many += steps[cut] ?? 0) cut -= 1
  return touched
    .filter((no) => stepOf(no) >= cut)
    .toSorted((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other)
    .slice(0, most)
    .filter((no, at) => at < FEW || (scores[no] ?? 0) >= best * FLOOR)
}
