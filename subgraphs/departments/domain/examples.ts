import { plainText } from '@hub/kit/plain-text.ts'
import type { DepartmentRecord } from './department.ts'
import { DISTRICT, type Example } from './lexicon.ts'
import type { Ground } from './place.ts'
import type { Candidate } from './suggest.ts'

/** As many of the most alike are asked. */
const NEIGHBOURS = 12
/** What all of them together are worth beside the words of the lexicon. */
const WORTH = 10
/** What the words of the lexicon lose where all the neighbours are emergencies: there it matters what happens, not where. */
const IN_PASSING = 0.9
/** Of an example with several units: what its lead gets. */
const LEAD_SHARE = 0.65
/** From this likeness (cosine) of the nearest on they count fully; below the other one not at all. */
const ALIKE = 0.3
const UNLIKE = 0.1
/** Where most neighbours are emergencies: a scene of danger is told in ever new words, and who helps is always the same. */
const ALIKE_IN_DANGER = 0.15
const UNLIKE_IN_DANGER = 0.03
/** What is less like it (cosine squared) is not put in order: it would count for nothing. */
const FAR = 0.0004
/** A text with fewer known characters and pairs than this is not enough to be compared. */
const ENOUGH = 8
const TOO_FEW = 3
/** A unit that the examples give less than this is not told of for that alone. */
const FROM = 0.04

interface Known {
  readonly departments: readonly string[]
  readonly emergency: boolean
  readonly told: string
  readonly length: number
}

/** Known calls by the characters and pairs that stand in them, the rare ones counting more. */
interface Index {
  readonly known: readonly Known[]
  readonly postings: ReadonlyMap<string, { readonly weight: number; readonly places: readonly number[] }>
}

const indexes = new WeakMap<readonly Example[], Index>()

/** The candidates, with what calls that are like this one were about and who answered for them (R35, R54). */
export function withExamples(
  ranked: readonly Candidate[],
  text: string,
  { examples, units }: { readonly examples: readonly Example[]; readonly units: readonly DepartmentRecord[] },
  ground: Ground,
): Candidate[] {
  const { shares, sure, emergencies } = sharesOf(text, indexOf(examples, units))
  const told = 1 - IN_PASSING * Math.max(0, 2 * emergencies - 1)
  const weights = new Map(
    ranked.map((candidate) => [candidate.department, { ...candidate, weight: candidate.weight * told }]),
  )
  for (const [unit, { share: part, like }] of shares) {
    const share = part * sure
    const department = unit === DISTRICT ? ground.district : unit
    if (department === null) continue
    const before = weights.get(department)
    if (before) weights.set(department, { ...before, weight: before.weight + WORTH * share })
    else if (share >= FROM)
      weights.set(department, {
        department,
        weight: WORTH * share,
        clause: null,
        words: [],
        like,
        why: 'example',
      })
  }
  return [...weights.values()].toSorted((a, b) => b.weight - a.weight)
}

/** How the neighbours of a text share it out among their units, and the nearest of each unit. */
function sharesOf(text: string, { known, postings }: Index) {
  const grams = [...gramsOf(text)].flatMap((gram) => postings.get(gram) ?? [])
  const length = Math.sqrt(grams.reduce((sum, { weight }) => sum + weight * weight, 0))
  const dots = new Float64Array(known.length)
  for (const { weight, places } of grams)
    for (const place of places) dots[place] = (dots[place] ?? 0) + weight * weight
  const nearest = known
    .map((example, place) => ({ example, alike: ((dots[place] ?? 0) / (length * example.length)) ** 2 }))
    .filter(({ alike }) => alike > FAR)
    .toSorted((a, b) => b.alike - a.alike)
    .slice(0, NEIGHBOURS)
  const all = nearest.reduce((sum, { alike }) => sum + alike, 0)
  const shares = new Map<string, { share: number; like: string }>()
  for (const { example, alike } of nearest)
    for (const [index, unit] of example.departments.entries()) {
      const before = shares.get(unit)
      const part = (alike / all) * partOf(index, example.departments.length)
      shares.set(unit, { share: (before?.share ?? 0) + part, like: before?.like ?? example.told })
    }
  const enough = between(grams.length, TOO_FEW, ENOUGH)
  const emergent = nearest.reduce((sum, { example, alike }) => sum + (example.emergency ? alike : 0), 0)
  const [none, full] = emergent > all / 2 ? [UNLIKE_IN_DANGER, ALIKE_IN_DANGER] : [UNLIKE, ALIKE]
  const sure = enough * between(Math.sqrt(nearest[0]?.alike ?? 0), none, full)
  return { shares, sure, emergencies: all === 0 ? 0 : (sure * emergent) / all }
}

function between(value: number, none: number, full: number): number {
  return Math.min(1, Math.max(0, (value - none) / (full - none)))
}

function partOf(index: number, many: number): number {
  if (many === 1) return 1
  return index === 0 ? LEAD_SHARE : (1 - LEAD_SHARE) / (many - 1)
}

/** Examples and the clauses of the catalogues, which say in a few words what a unit is for. */
function indexOf(examples: readonly Example[], units: readonly DepartmentRecord[]): Index {
  const made = indexes.get(examples)
  if (made) return made
  const clauses = units
    .filter(({ type }) => type !== 'SUBDISTRICT' && !/GOVERNMENT|ZONE/.test(type))
    .flatMap(({ code, responsibilities }) =>
      responsibilities.map((told) => ({ departments: [code], told, emergency: false })),
    )
  const told = [...examples, ...clauses].map((each) => ({ ...each, grams: gramsOf(plainText(each.told)) }))
  const places = new Map<string, number[]>()
  for (const [place, { grams }] of told.entries())
    for (const gram of grams) places.getOrInsertComputed(gram, () => []).push(place)
  const postings = new Map(
    [...places].map(([gram, found]) => [
      gram,
      { weight: Math.log((told.length + 1) / (found.length + 0.5)), places: found },
    ]),
  )
  const known = told.map(({ departments, emergency, told: words, grams }) => ({
    departments,
    emergency,
    told: words,
    length: Math.sqrt([...grams].reduce((sum, gram) => sum + (postings.get(gram)?.weight ?? 0) ** 2, 0)),
  }))
  const index = { known, postings }
  indexes.set(examples, index)
  return index
}

function gramsOf(text: string): Set<string> {
  const grams = new Set<string>()
  for (const run of text.match(/\p{Script=Han}+/gu) ?? [])
    for (let at = 0; at < run.length; at++) {
      grams.add(run.slice(at, at + 1))
      if (at + 1 < run.length) grams.add(run.slice(at, at + 2))
    }
  return grams
}
