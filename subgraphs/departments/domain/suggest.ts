import { plainText } from '@hub/kit/plain-text.ts'
import { catalogueTold } from './catalogue-told.ts'
import { complainedOf } from './complained-of.ts'
import type { DepartmentRecord } from './department.ts'
import { withExamples } from './examples.ts'
import { DISTRICT, type Example, type Matter, type Place } from './lexicon.ts'
import { mattersTold, type MatterTold } from './matters-told.ts'
import { groundOf, type Ground } from './place.ts'
import type { RoutingOutcome } from './outcome.ts'
import { withOutcomes } from './prior.ts'
import { askedFor } from './question.ts'
import { reasonFor } from './reason.ts'

/** Everything a suggestion is drawn from: the units with their catalogues, the lexicon, the places. */
export interface RoutingKnowledge {
  readonly units: readonly DepartmentRecord[]
  readonly matters: readonly Matter[]
  readonly places: readonly Place[]
  /** Calls whose units are known. */
  readonly examples: readonly Example[]
  /** What became of earlier first dispatches; empty or absent where nothing is known yet. */
  readonly outcomes?: readonly RoutingOutcome[]
}

export interface Suggestion {
  readonly department: string
  /** Between 0 and 1. */
  readonly score: number
  /** A sentence in Chinese: the clause of the catalogue and the words that told it. */
  readonly because: string
}

/** Why a unit came up, before it is put into words. */
export interface Candidate {
  readonly department: string
  readonly weight: number
  readonly clause: string | null
  readonly words: readonly string[]
  /** That earlier cases sent to a unit were returned and taken by this one, where it decided the order. */
  readonly past?: { readonly insteadOf: string; readonly all: number; readonly cases: number }
  /** The known call that is most like this one, where that is what speaks for the unit. */
  readonly like?: string
  readonly why: 'example' | 'matter' | 'question' | 'ground' | 'superior' | 'catalogue'
}

/** What people add to every call, and what says nothing of the matter. */
const COURTESIES =
  /请?对我的?(个人)?信息保密|如果办不了也请说明原因|不方便白天接电话[,,]?[^,,。]{0,12}联系|请?核实后告知结果|已保留照片和视频|联系电话\s*[\d\-x+]*/g

/** The units responsible for a matter, best first, each with its reason; never one the text complains of (R35, R97). */
export function suggestDepartments(
  knowledge: RoutingKnowledge,
  given: {
    readonly title: string
    readonly content: string
    readonly district: string | null
    /** Units the case complains of, as the form says; the text may name further ones. */
    readonly complainedOf?: readonly string[]
  },
  first: number,
): Suggestion[] {
  const title = plainText(given.title)
  const text = `${title}。${plainText(given.content)}`.replace(COURTESIES, ' ')
  const ground = groundOf(text, given.district, knowledge.units, knowledge.places)
  const told = mattersTold(title, text, knowledge.matters)
  const blamed = [...new Set([...(given.complainedOf ?? []), ...complainedOf(text, knowledge.units)])]
  const candidates = [
    ...fromMatters(told, ground),
    ...fromRequests(text, knowledge, told),
    ...fromGround(text, ground, told),
    ...fromSuperiors(blamed, knowledge, told),
    ...(told.length === 0 ? catalogueTold(text, knowledge.units) : []),
  ]
  const units = new Map(knowledge.units.map((unit) => [unit.code, unit]))
  const eligible = withExamples(merged(candidates), text, knowledge, ground).filter(
    ({ department }) => units.get(department)?.acceptsDispatch && !blamed.includes(department),
  )
  const district = units.get(ground.district ?? '')?.shortName ?? given.district
  const learned = withOutcomes(eligible, knowledge.outcomes ?? [], district)
  return withQuestion(learned, text, told, knowledge)
    .filter(({ department }) => !blamed.includes(department))
    .slice(0, first)
    .map((candidate) => ({
      department: candidate.department,
      score: Math.round((1 - Math.exp(-candidate.weight / 4)) * 100) / 100,
      because: reasonFor(candidate, units, ground),
    }))
}

/** Only matters that come near the strongest one are told of; the rest are words in passing. */
function fromMatters(told: readonly MatterTold[], ground: Ground): Candidate[] {
  const top = told[0]?.score ?? 0
  return told
    .filter(({ score }) => score >= top * 0.3)
    .flatMap(({ matter, score, words }) =>
      matter.departments.flatMap(({ department, clause, handles }, index) => {
        const code = department === DISTRICT ? ground.district : department
        const share = handles ? 1 - 0.12 * index : 0.5 - 0.03 * index
        return code === null
          ? []
          : [{ department: code, weight: score * share, clause, words, why: 'matter' as const }]
      }),
    )
}

/** What only asks for the rules is answered at once, before anyone is sent (R1, R45): the hotline itself comes first. */
function withQuestion(
  ranked: readonly Candidate[],
  text: string,
  told: readonly MatterTold[],
  { units }: RoutingKnowledge,
): readonly Candidate[] {
  const words = askedFor(text, told[0]?.matter.kind ?? 'service')
  const office = units.find((unit) => unit.type === 'HOTLINE_OFFICE')
  if (!words || !office) return ranked
  const weight = 1.1 * (ranked[0]?.weight ?? 2)
  const asked: Candidate = { department: office.code, weight, clause: '直接答复', words, why: 'question' }
  return [asked, ...ranked.filter(({ department }) => department !== office.code)]
}

/** A caller who names whom to send is often right: 请环保部门来查. */
function fromRequests(text: string, { units }: RoutingKnowledge, told: readonly MatterTold[]): Candidate[] {
  if (told.length === 0) return []
  return units.flatMap((unit) => {
    const stem = (unit.shortName ?? '').replace(/^市/, '').replace(/(局|委|支队|厅)$/, '')
    if (stem.length < 2 || unit.type === 'SUBDISTRICT') return []
    const asked = new RegExp(`(请|让|叫|找|要求|希望)[^,,。]{0,2}${stem}`).exec(text)?.[0]
    return asked
      ? [{ department: unit.code, weight: 1.6, clause: null, words: [asked], why: 'matter' as const }]
      : []
  })
}

/** Who asks for the office of the street itself. */
const STREET_ASKED = /(?:请|让|找|希望|想请)[^,。]{0,8}(?:街道|办事处|街办)/
const STREET_WANTED = 1.5

function fromGround(text: string, ground: Ground, told: readonly MatterTold[]): Candidate[] {
  const words = ground.words === null ? [] : [ground.words]
  const atHome = told[0]?.matter.departments[0]?.department === DISTRICT
  const wanted = STREET_ASKED.test(text)
  const street =
    ground.subdistrict && (atHome || wanted)
      ? [{ department: ground.subdistrict, weight: wanted ? STREET_WANTED * (told[0]?.score ?? 2) : 1 }]
      : []
  const district = ground.district
    ? [{ department: ground.district, weight: told.length === 0 ? 1.2 : 0.4 }]
    : []
  return [...district, ...street].map((each) =>
    Object.assign(each, { clause: null, words, why: 'ground' as const }),
  )
}

/** Complaints about an organ's own people go to what stands above it. */
function fromSuperiors(
  blamed: readonly string[],
  { units }: RoutingKnowledge,
  told: readonly MatterTold[],
): Candidate[] {
  const office = units.find((unit) => unit.type === 'CITY_OFFICE')
  return blamed.flatMap((code) => {
    const above = units.find((unit) => unit.code === units.find((each) => each.code === code)?.parent)
    const department = above?.acceptsDispatch ? above.code : office?.code
    const weight = 1.3 * (told[0]?.score ?? 2)
    return department ? [{ department, weight, clause: null, words: [], why: 'superior' as const }] : []
  })
}

/** One candidate per unit: its strongest reason, and a little for every other one. */
function merged(candidates: readonly Candidate[]): Candidate[] {
  return [...Map.groupBy(candidates, (candidate) => candidate.department).values()]
    .flatMap((group) => {
      const [best, ...rest] = group.toSorted((a, b) => b.weight - a.weight)
      if (!best) return []
      const weight = best.weight + 0.1 * rest.reduce((sum, each) => sum + each.weight, 0)
      return [{ ...best, weight, clause: best.clause ?? rest.find((each) => each.clause)?.clause ?? null }]
    })
    .toSorted((a, b) => b.weight - a.weight)
}
