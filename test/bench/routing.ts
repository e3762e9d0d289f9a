import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { DepartmentRecord } from '@hub/departments/domain/department.ts'
import { loadSample } from '@hub/departments/sample/load.ts'
import { suggestDepartments } from '@hub/departments/domain/suggest.ts'

/** Measures routing on the sample cases, the half it was tuned on apart from the half it is judged by. */
interface LabelledCase {
  readonly id: string
  readonly title: string
  readonly content: string
  readonly district: string | null
  readonly expectedDepartments: readonly string[]
  readonly alsoAcceptable: readonly string[]
}

type Router = (given: LabelledCase) => readonly string[]

const file = process.argv[2] ?? 'subgraphs/cases/sample/cases.json'
const cases = JSON.parse(readFileSync(file, 'utf8')) as LabelledCase[]
const knowledge = loadSample()

/** A half by the hash of the id, so that it stays the same when cases are added. */
const isTuned = ({ id }: LabelledCase): boolean =>
  (createHash('sha256').update(id).digest().at(-1) ?? 0) % 2 === 0

const lexicon: Router = (given) =>
  suggestDepartments(knowledge, given, 3).map((suggestion) => suggestion.department)

/** The plain baseline: the unit whose catalogue and names stand word for word in the text most often. */
const keywords: Router = ({ title, content }) =>
  best(
    (unit) =>
      [...unit.responsibilities, ...unit.aliases].filter((word) => (title + content).includes(word)).length,
  )

/** A better one: the unit one of whose clauses shares the greatest part of its character pairs with the text. */
const pairs: Router = ({ title, content }) =>
  best((unit) =>
    Math.max(
      0,
      ...unit.responsibilities.map((clause) => shareOfPairs(clause, title + content) * clause.length),
    ),
  )

function shareOfPairs(clause: string, text: string): number {
  const all = Array.from({ length: clause.length - 1 }, (_, at) => clause.slice(at, at + 2))
  return all.filter((pair) => text.includes(pair)).length / all.length
}

function best(scoreOf: (unit: DepartmentRecord) => number): readonly string[] {
  return knowledge.units
    .map((unit) => ({ code: unit.code, score: scoreOf(unit) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ code }) => code)
}

function measure(name: string, router: Router, chosen: readonly LabelledCase[]): void {
  const rate = (isRight: (found: readonly string[], given: LabelledCase) => boolean): string =>
    `${((100 * chosen.filter((given) => isRight(router(given), given)).length) / chosen.length).toFixed(1)} %`
  const accepts = (given: LabelledCase): readonly string[] => [
    ...given.expectedDepartments,
    ...given.alsoAcceptable,
  ]
  const strict = rate(([top], given) => top === given.expectedDepartments[0])
  const lenient = rate(([top], given) => top !== undefined && accepts(given).includes(top))
  const strict3 = rate((found, given) => found.includes(given.expectedDepartments[0] ?? ''))
  const lenient3 = rate((found, given) => accepts(given).some((code) => found.includes(code)))
  console.log(
    `${name}  cases ${chosen.length}  top-1 ${strict} (lenient ${lenient})  top-3 ${strict3} (lenient ${lenient3})`,
  )
}

for (const [half, chosen] of [
  ['tune ', cases.filter(isTuned)],
  ['judge', cases.filter((each) => !isTuned(each))],
  ['all  ', cases],
] as const) {
  measure(`${half} lexicon `, lexicon, chosen)
  measure(`${half} keywords`, keywords, chosen)
  measure(`${half} pairs   `, pairs, chosen)
}

if (process.argv.includes('--wrong'))
  for (const given of cases.filter(isTuned)) {
    const found = suggestDepartments(knowledge, given, 3)
    if (found[0]?.department === given.expectedDepartments[0]) continue
    console.log(
      given.id,
      given.title,
      '|',
      given.content,
      '|',
      given.expectedDepartments,
      given.alsoAcceptable,
    )
    for (const { department, score, because } of found) console.log('   ', department, score, because)
  }
