import { diceOf } from '@hub/cli/generate/dice.ts'
import { policyOn } from '@hub/supervision/domain/policy.ts'
import { risesOf, type TopicCount } from '@hub/supervision/domain/topic.ts'

/*
 * Measures how hot topics are told from chance (R76): two years of weekly counts of a city's districts, matters and
 * units, with seasons, two weeks of holidays a year and scatter beyond chance, among which rises are planted. Beside the rule, what a
 * person would do with a spreadsheet: twice the week before, and the week's longest columns.
 */
const WEEKS = 104
const KEYS = 12 * 4 * 40
const PLANTED_EACH_WEEK = 8
/** Cases that a rise adds, as a multiple of what its key usually has; never fewer than the least of a topic. */
const STRENGTHS = [1, 2, 4] as const
const LONGEST = 10

type Finder = (
  counts: readonly TopicCount[],
  before: ReadonlyMap<TopicCount, number>,
) => readonly TopicCount[]

const dice = diceOf(Number(process.argv[2] ?? 1))
const rule = policyOn('2026-11-23').topics

const finders: Readonly<Record<string, Finder>> = {
  'the rule': (counts) => risesOf(counts, rule.baselineWindows, rule),
  'twice the week before': (counts, before) =>
    counts.filter((count) => count.recent >= rule.leastCases && count.recent >= 2 * (before.get(count) ?? 0)),
  'longest columns': (counts) => counts.toSorted((a, b) => b.recent - a.recent).slice(0, LONGEST),
}

/** A count of a mean, as chance scatters it. */
function poisson(mean: number): number {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
  let count = 0
  for (let left = Math.exp(-mean), product = dice.next(); product > left; product *= dice.next()) count += 1
  return count
}

function normal(): number {
  return Math.sqrt(-2 * Math.log(1 - dice.next())) * Math.cos(2 * Math.PI * dice.next())
}

interface Key {
  readonly mean: number
  readonly swing: number
  readonly peak: number
  readonly counts: number[]
}

const keys: readonly Key[] = Array.from({ length: KEYS }, () => ({
  mean: 0.05 * 1200 ** dice.next(),
  swing: dice.between(0, 0.5),
  peak: dice.between(0, 52),
  counts: [],
}))
const isHoliday = (week: number): boolean => week % 52 === 6 || week % 52 === 39
const planted = new Map<string, number>()
for (let week = 0; week < WEEKS; week += 1) {
  for (const { mean, swing, peak, counts } of keys) {
    const season = 1 + swing * Math.cos((2 * Math.PI * (week - peak)) / 52)
    const scatter = Math.exp(0.15 * normal())
    counts.push(poisson(mean * season * scatter * (isHoliday(week) ? 0.5 : 1)))
  }
  for (let time = 0; week > rule.baselineWindows && time < PLANTED_EACH_WEEK; time += 1) {
    const at = Math.floor(dice.between(0, KEYS))
    const key = keys[at]
    if (!key || planted.has(`${week} ${at}`)) continue
    const strength = dice.pick(STRENGTHS)
    key.counts[week] = (key.counts[week] ?? 0) + Math.max(rule.leastCases, poisson(strength * key.mean))
    planted.set(`${week} ${at}`, strength)
  }
}

/** What each key counts in a week, in the order of the keys, and what it counted in the week before. */
function countsOf(week: number): { counts: readonly TopicCount[]; before: ReadonlyMap<TopicCount, number> } {
  const before = new Map<TopicCount, number>()
  const counts = keys.map(({ counts: own }, at) => {
    const baseline = own.slice(week - rule.baselineWindows, week)
    const count = {
      district: String(at),
      matterType: 'HELP',
      department: null,
      recent: own[week] ?? 0,
      before: baseline.reduce((sum, each) => sum + each, 0),
    }
    before.set(count, own[week - 1] ?? 0)
    return count
  })
  return { counts, before }
}

for (const [name, find] of Object.entries(finders)) {
  const found = new Map<number, number>(STRENGTHS.map((strength) => [strength, 0]))
  let wrong = 0
  for (let week = rule.baselineWindows + 1; week < WEEKS; week += 1) {
    const { counts, before } = countsOf(week)
    for (const { district } of find(counts, before)) {
      const strength = planted.get(`${week} ${district}`)
      if (strength === undefined) wrong += 1
      else found.set(strength, (found.get(strength) ?? 0) + 1)
    }
  }
  const of = (strength: number): string => {
    const all = [...planted.values()].filter((each) => each === strength).length
    return `+${strength}x ${found.get(strength)}/${all}`
  }
  const weeks = WEEKS - rule.baselineWindows - 1
  console.log(
    `${name}: found ${STRENGTHS.map(of).join(', ')}; not planted ${(wrong / weeks).toFixed(1)} a week of ${KEYS} counts`,
  )
}
