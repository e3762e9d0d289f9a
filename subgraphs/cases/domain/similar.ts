import { commonPairs } from './similar-common-pairs.ts'
import { readingOf, type Reading, type SimilarText } from './similar-reading.ts'

export interface SimilarCandidate extends SimilarText {
  readonly number: string
  readonly sameCaller: boolean
}

export interface SimilarFound {
  readonly number: string
  /** 0 to 1; from 0.5 on it is shown. */
  readonly score: number
  readonly sameCaller: boolean
}

/** Below this two cases are not shown as alike. */
export const SIMILAR_FROM = 0.5
const SAME_CALLER_SAME_MATTER = 0.75
/** What is told of the same thing in one district within three days is likely one event. */
const FRESH = 0.15
const FRESH_MS = 259_200_000
/** A danger that is going on and what is asked, thanked or settled about it are two matters. */
const ONE_DANGER = 0.75
/** Two dangers of one kind in one district on one day are likely one. */
const BOTH_DANGER = 0.15
const DAY_MS = 86_400_000

/** Candidates that tell of the same event or are the same caller's matter, most alike first. */
export function rankSimilar(
  given: SimilarText,
  candidates: readonly SimilarCandidate[],
  first: number,
): SimilarFound[] {
  const read = readingOf(given)
  return candidates
    .map(({ number, sameCaller, ...text }) => {
      const other = readingOf(text)
      const event = scoreReadings(read, other)
      const score = sameCaller && isSameMatter(read, other) ? Math.max(event, SAME_CALLER_SAME_MATTER) : event
      return { number, sameCaller, score: Math.round(score * 100) / 100 }
    })
    .filter(({ score }) => score >= SIMILAR_FROM)
    .toSorted((a, b) => b.score - a.score || (a.number < b.number ? 1 : -1))
    .slice(0, first)
}

/** How likely two cases tell of the same event, 0 to 1: place, matter, who is named, wording, and time apart. */
export function scoreSimilarity(a: SimilarText, b: SimilarText): number {
  return scoreReadings(readingOf(a), readingOf(b))
}

/** How many rare pairs two texts must share beside the topic, by where they tell of. */
const RARE_ENOUGH: Readonly<Record<PlaceMatch, number>> = {
  same: 1,
  near: 1,
  unknown: 3,
  elsewhere: Number.POSITIVE_INFINITY,
}

function isFresh(a: Reading, b: Reading, topic: number): boolean {
  const told = a.topics.size > 0 && b.topics.size > 0 && topic > 0.3
  return told && isSameDistrict(a, b) && Math.abs(a.at - b.at) < FRESH_MS
}

function isSameDistrict(a: Reading, b: Reading): boolean {
  return a.district !== null && a.district === b.district
}

type PlaceMatch = 'same' | 'near' | 'unknown' | 'elsewhere'

function scoreReadings(a: Reading, b: Reading): number {
  const wording = containment(a.pairs, b.pairs)
  const place = placeMatch(a, b)
  const topic = topicMatch(a.topics, b.topics)
  const party = sharedName(a, b)
  const districts = a.district !== null && b.district !== null && a.district !== b.district
  const plain =
    place === 'unknown' && rareShared(a.pairs, b.pairs) < 2 ? 0.4 : scoreEvent(place, topic, wording)
  const named = party && place !== 'elsewhere' ? 0.55 + 0.15 * wording + 0.15 * topic : 0
  const away = districts && place !== 'same' ? 0.4 : 1
  const rare = rareShared(a.pairs, b.pairs)
  const news = isFresh(a, b, topic) && rare >= RARE_ENOUGH[place] ? FRESH : 0
  const told = Math.max(plain, named) + news
  const fading = away * nearness(a.at, b.at)
  if ((told + BOTH_DANGER) * fading < SIMILAR_FROM) return told * fading
  const isOneDay = topic > 0 && Math.abs(a.at - b.at) < DAY_MS
  const now = isOneDay && a.isDanger() && b.isDanger() ? BOTH_DANGER : 0
  const later = a.isDanger() === b.isDanger() ? 1 : ONE_DANGER
  return Math.min(1, (told + now) * fading * later)
}

/** What was said at which place: unlike matters at one place are two, like ones at unlike places too. */
function scoreEvent(place: PlaceMatch, topic: number, wording: number): number {
  if (place === 'elsewhere') return 0.3 * wording
  const where = { same: 0.45, near: 0.2, unknown: 0.1 }[place]
  const score = where + 0.3 * topic + 0.25 * wording
  return topic === 0 ? score * 0.5 : score + (wording > 0.85 && topic > 0 && place !== 'unknown' ? 0.1 : 0)
}

function isSameMatter(a: Reading, b: Reading): boolean {
  const alike = topicMatch(a.topics, b.topics) > 0.4 || containment(a.pairs, b.pairs) > 0.5
  return alike && placeMatch(a, b) !== 'elsewhere'
}

function placeMatch(a: Reading, b: Reading): PlaceMatch {
  if (!a.places.fine.isDisjointFrom(b.places.fine)) return 'same'
  if (a.places.fine.size > 0 && b.places.fine.size > 0 && !mentions(a, b) && !mentions(b, a))
    return 'elsewhere'
  if (mentions(a, b) || mentions(b, a)) return 'same'
  if (mentionsTown(a, b) || mentionsTown(b, a)) return 'near'
  if (a.places.coarse.size > 0 && b.places.coarse.size > 0)
    return a.places.coarse.isDisjointFrom(b.places.coarse) ? 'elsewhere' : 'near'
  return 'unknown'
}

/** Whether one text holds a fine place of the other without its kind: 枫汇 for 枫汇山庄. */
function mentions(a: Reading, b: Reading): boolean {
  return [...a.places.fine].some(
    (place) => !commonPairs.has(place.slice(0, 2)) && b.text.includes(place.slice(0, 2)),
  )
}

/** Whether one text names the other's town without its kind: 曲堤 for 曲堤街道. */
function mentionsTown(a: Reading, b: Reading): boolean {
  return [...a.places.coarse].some((place) => b.text.includes(place.replace(/街道$|[镇乡]$/u, '')))
}

function topicMatch(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0.4
  const shared = a.intersection(b).size
  return shared === 0 ? 0 : shared / Math.min(a.size, b.size)
}

/** How much of the shorter text stands in the longer, rare pairs counting more. */
function containment(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const weigh = (pairs: ReadonlyMap<string, number>): number =>
    pairs.values().reduce((sum, each) => sum + each, 0)
  const smaller = Math.min(weigh(a), weigh(b))
  if (smaller === 0) return 0
  const shared = a.entries().reduce((sum, [pair, weight]) => sum + (b.has(pair) ? weight : 0), 0)
  return Math.min(1, shared / smaller)
}

/** Pairs both texts hold that are not in every other call. */
function rareShared(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  return a.entries().reduce((sum, [pair, weight]) => sum + (weight === 1 && b.has(pair) ? 1 : 0), 0)
}

/** Characters that make sentences, not names. */
const GRAMMAR =
  /[的了是在不我你他她它们这那有和去来到就都也还没很给把被让吗呢吧啊要会能可以说问请个多年月日天时点分几一二三四五六七八九十两]/u
const NAME_LENGTH = 4

/** Whether both texts name the same party: a run of rare characters that is neither everyday speech nor a place. */
function sharedName(a: Reading, b: Reading): boolean {
  const places = [...a.places.fine, ...b.places.fine, ...a.places.coarse].map((place) => place.slice(0, 2))
  for (const run of a.text.match(/\p{Script=Han}{4,}/gu) ?? [])
    for (let at = 0; at + NAME_LENGTH <= run.length; at++) {
      const name = run.slice(at, at + NAME_LENGTH)
      if (isName(name) && b.text.includes(name) && !places.some((place) => name.includes(place))) return true
    }
  return false
}

function isName(name: string): boolean {
  if (GRAMMAR.test(name)) return false
  const pairs = Array.from({ length: name.length - 1 }, (_, at) => name.slice(at, at + 2))
  return pairs.every((pair) => !commonPairs.has(pair))
}

/** An event fades: whole for a week, half after three months. */
function nearness(a: number, b: number): number {
  const days = Math.abs(a - b) / DAY_MS
  if (days <= 7) return 1
  if (days <= 30) return 1 - (0.15 * (days - 7)) / 23
  return Math.max(0.3, 0.85 - (0.35 * (days - 30)) / 60)
}
