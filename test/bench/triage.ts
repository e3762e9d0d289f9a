import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { scoreSimilarity, SIMILAR_FROM } from '@hub/cases/domain/similar.ts'
import type { SimilarText } from '@hub/cases/domain/similar-reading.ts'
import { assessUrgency } from '@hub/cases/domain/urgency.ts'

/** Measures how emergencies are told from the rest, the half that was read apart from the half that was not. */
interface LabelledCase {
  readonly id: string
  readonly title: string
  readonly content: string
  readonly urgency: string
  readonly expectedHandling: string
  readonly district: string | null
  readonly receivedAt: string
  readonly hotTopicKey: string | null
  readonly duplicateOf: string | null
}

type Alike = (a: SimilarText, b: SimilarText) => boolean

/** The plain baselines: words of danger wherever they stand, and character pairs in common wherever it happened. */
const DANGER_WORDS =
  /着火|起火|火灾|爆炸|燃气泄漏|煤气|漏气|坍塌|倒塌|被困|触电|溺水|落水|中毒|跳楼|跳河|持刀|砍人|救命|昏迷|车祸|洪水/
const ALIKE_FROM = 0.3
const isOneEvent: Alike = (a, b) => scoreSimilarity(a, b) >= SIMILAR_FROM
const sharesPairs: Alike = (a, b) => {
  const [one, other] = [a, b].map(({ title, content }) => pairsOf(title + content))
  if (!one || !other) return false
  return one.intersection(other).size / Math.min(one.size, other.size) >= ALIKE_FROM
}

function pairsOf(text: string): ReadonlySet<string> {
  return new Set(Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2)))
}

function pairsFound(chosen: readonly LabelledCase[], isAlike: Alike): string {
  const texts = chosen.map((each) => Object.assign({}, each, { receivedAt: new Date(each.receivedAt) }))
  const count = { found: 0, same: 0, wrong: 0, other: 0 }
  for (const [index, a] of texts.entries())
    for (const b of texts.slice(index + 1)) {
      const isHot = a.hotTopicKey !== null && a.hotTopicKey === b.hotTopicKey
      const isSame = isHot || a.duplicateOf === b.id || b.duplicateOf === a.id
      const isFound = isAlike(a, b)
      count[isSame ? 'same' : 'other'] += 1
      if (isFound) count[isSame ? 'found' : 'wrong'] += 1
    }
  return `${count.found}/${count.same} false ${count.wrong}/${count.other}`
}

const file = process.argv[2] ?? 'subgraphs/cases/sample/cases.json'
const cases = JSON.parse(readFileSync(file, 'utf8')) as LabelledCase[]
const isEmergency = (each: LabelledCase): boolean => each.expectedHandling === 'EMERGENCY'
const isTuned = ({ id }: LabelledCase): boolean =>
  (createHash('sha256').update(id).digest().at(-1) ?? 0) % 2 === 0

for (const [half, chosen] of [
  ['tune ', cases.filter(isTuned)],
  ['judge', cases.filter((each) => !isTuned(each))],
  ['all  ', cases],
] as const) {
  const judged = chosen.map((each) =>
    Object.assign(each, { found: assessUrgency(each.title, each.content).urgency }),
  )
  const emergencies = judged.filter(isEmergency)
  const others = judged.filter((each) => !isEmergency(each))
  const urgent = judged.filter((each) => each.urgency === 'URGENT')
  const normal = judged.filter((each) => each.urgency === 'NORMAL')
  const share = (list: readonly { found: string }[], found: string): string =>
    `${list.filter((each) => each.found === found).length}/${list.length}`
  console.log(
    `${half} emergencies found ${share(emergencies, 'CRITICAL')}  false ${share(others, 'CRITICAL')}`,
    ` urgent found ${share(urgent, 'URGENT')}  urgent though normal ${share(normal, 'URGENT')}  pairs of one event found ${pairsFound(chosen, isOneEvent)}`,
  )
  const byWords = chosen.map((each) => ({
    ...each,
    found: DANGER_WORDS.test(each.title + each.content) ? 'CRITICAL' : 'NORMAL',
  }))
  console.log(
    `${half} baseline: words of danger found ${share(byWords.filter(isEmergency), 'CRITICAL')}  false ${share(
      byWords.filter((each) => !isEmergency(each)),
      'CRITICAL',
    )}`,
    ` shared character pairs found ${pairsFound(chosen, sharesPairs)}`,
  )
}

if (process.argv.includes('--wrong'))
  for (const each of cases.filter(isTuned)) {
    const { urgency, reasons } = assessUrgency(each.title, each.content)
    if (urgency !== each.urgency)
      console.log(each.id, each.urgency, '→', urgency, reasons, each.title, '|', each.content)
  }
