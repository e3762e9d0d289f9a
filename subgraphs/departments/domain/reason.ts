import type { DepartmentRecord } from './department.ts'
import type { Ground } from './place.ts'
import type { Candidate } from './suggest.ts'

const WHY: Readonly<Record<Candidate['why'], string>> = {
  example: '与同类诉求相近',
  matter: '诉求中写到',
  catalogue: '诉求与该职责相近,写到',
  question: '属政策咨询,先查知识库,问的是',
  ground: '发生地在其辖区',
  superior: '诉求反映其下级单位或工作人员,由上级办理',
}

/** The sentence shown to the operator: whose catalogue, which clause, which words. */
export function reasonFor(
  candidate: Candidate,
  units: ReadonlyMap<string, DepartmentRecord>,
  ground: Ground,
): string {
  const unit = units.get(candidate.department)
  const catalogue = unit?.responsibilities ?? []
  const clause = candidate.clause ?? nearest(catalogue, candidate.words) ?? catalogue[0] ?? ''
  const number = catalogue.indexOf(clause) + 1
  const words = candidate.words.map((word) => `“${word}”`).join('')
  const place =
    candidate.department === ground.district && ground.words
      ? `;发生地在${unit?.shortName ?? ''}(“${ground.words}”)`
      : ''
  const said = words && candidate.why !== 'ground' ? `${WHY[candidate.why]}${words}` : WHY[candidate.why]
  return `${unit?.name ?? candidate.department}职责目录第${number}条“${clause}”;${said}${likeOf(candidate)}${place}${pastOf(candidate, units)}。`
}

/** The known call that speaks for the unit. */
function likeOf({ like }: Candidate): string {
  return like === undefined ? '' : `(例:“${like}”)`
}

/** Earlier cases, where they put this unit before the one that the words alone point to. */
function pastOf({ past }: Candidate, units: ReadonlyMap<string, DepartmentRecord>): string {
  if (!past) return ''
  const other = units.get(past.insteadOf)
  return `;以往首派${other?.shortName ?? other?.name ?? past.insteadOf}的${past.all}件中,${past.cases}件退单后由本单位承办`
}

/** The clause that shares most characters with the words that told the matter. */
function nearest(catalogue: readonly string[], words: readonly string[]): string | null {
  const letters = new Set(words.join(''))
  const scored = catalogue.map((clause) => ({
    clause,
    shared: [...clause].filter((each) => letters.has(each)).length,
  }))
  const best = scored.toSorted((a, b) => b.shared - a.shared)[0]
  return best && best.shared >= 2 ? best.clause : null
}
