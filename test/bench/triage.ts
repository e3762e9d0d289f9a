import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { scoreSimilarity, SIMILAR_FROM } from '@hub/cases/domain/similar.ts'
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

function pairsFound(chosen: readonly LabelledCase[]): string {
  const texts = chosen.map((each) => Object.assign({}, each, { receivedAt: new Date(each.receivedAt) }))
  const count = { found: 0, same: 0, wrong: 0, other: 0 }
  for (const [index, a] of texts.entries())
    for (const b of texts.slice(index + 1)) {
      const isHot = a.hotTopicKey !== null && a.hotTopicKey === b.hotTopicKey
      const isSame = isHot || a.duplicateOf === b.id || b.duplicateOf === a.id
      const isFound = scoreSimilarity(a, b) >= SIMILAR_FROM
      count[isSame ? 'same' : 'other'] += 1
      if (isFound) count[isSame ? 'found' : 'wrong'] += 1
    }
  return `${count.found}/${count.same} false ${count.wrong}/${count.other}`
}

const file = process.argv[2] ?? 'subgraphs/cases/sample/cases.json'
const cases = JSON.parse(readFileSync(file, 'utf8')) as LabelledCase[]
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
  const emergencies = judged.filter((each) => each.expectedHandling === 'EMERGENCY')
  const others = judged.filter((each) => each.expectedHandling !== 'EMERGENCY')
  const urgent = judged.filter((each) => each.urgency === 'URGENT')
  const normal = judged.filter((each) => each.urgency === 'NORMAL')
  const share = (list: readonly { found: string }[], found: string): string =>
    `${list.filter((each) => each.found === found).length}/${list.length}`
  console.log(
    `${half} emergencies found ${share(emergencies, 'CRITICAL')}  false ${share(others, 'CRITICAL')}`,
    ` urgent found ${share(urgent, 'URGENT')}  urgent though normal ${share(normal, 'URGENT')}  pairs of one event found ${pairsFound(chosen)}`,
  )
}

if (process.argv.includes('--wrong'))
  for (const each of cases.filter(isTuned)) {
    const { urgency, reasons } = assessUrgency(each.title, each.content)
    if (urgency !== each.urgency)
      console.log(each.id, each.urgency, '→', urgency, reasons, each.title, '|', each.content)
  }
