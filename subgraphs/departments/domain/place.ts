import type { Department } from './department.ts'
import type { Place } from './lexicon.ts'

/** Where something happened: the government that answers for the ground, and the subdistrict when it is named. */
export interface Ground {
  readonly district: string | null
  readonly subdistrict: string | null
  /** The words that told it, when they stood in the text. */
  readonly words: string | null
}

type Unit = Pick<Department, 'code' | 'shortName' | 'type' | 'parent'> & {
  readonly aliases: readonly string[]
}

const GROUND_TYPES = new Set(['DISTRICT_GOVERNMENT', 'COUNTY_GOVERNMENT', 'FUNCTIONAL_ZONE'])
const CORRECTION = /(?:其实|实际|事实上|不是|而是|应该是|准确地?说|正确(?:地址|的)?是)/
const BEING_THERE = /(?:我家|家住|住在|位于|地址|就在|在)$/

/**
 * The ground a case stands on. What the caller's form says holds, unless the text corrects it ("其实在天桥区")
 * or names one other place and never the one on the form.
 */
export function groundOf(
  text: string,
  given: string | null,
  units: readonly Unit[],
  places: readonly Place[],
): Ground {
  const districts = units.filter((unit) => GROUND_TYPES.has(unit.type))
  const byName = new Map(districts.flatMap((unit) => namesOf(unit).map((name) => [name, unit.code])))
  const form = given === null ? null : (byName.get(given.trim()) ?? null)
  const street = units.find(
    (unit) => unit.type === 'SUBDISTRICT' && namesOf(unit).some((name) => text.includes(name)),
  )
  const named = districts.filter((unit) =>
    namesOf(unit).some((name) => name.length > 2 && text.includes(name)),
  )
  const corrected = correctionIn(text, named)
  if (corrected) return { district: corrected.code, subdistrict: null, words: corrected.shortName }
  const told = toldBy(text, named, street ?? null, byName, places)
  const contradicted =
    form !== null && told !== null && told.code !== form && !named.some((unit) => unit.code === form)
  const district = form === null || (contradicted && told.sure) ? (told?.code ?? form) : form
  const subdistrict = street && street.parent === district ? street.code : null
  return { district, subdistrict, words: told?.code === district ? told.words : null }
}

function namesOf(unit: Pick<Unit, 'shortName' | 'aliases'>): string[] {
  return [...new Set([unit.shortName ?? '', ...unit.aliases])].filter(Boolean)
}

function correctionIn(text: string, named: readonly Unit[]): Unit | null {
  const turn = text.search(CORRECTION)
  if (turn < 0 || named.length === 0) return null
  return (
    named.find((unit) => namesOf(unit).some((name) => name.length > 2 && text.includes(name, turn))) ?? null
  )
}

function toldBy(
  text: string,
  named: readonly Unit[],
  street: Unit | null,
  byName: ReadonlyMap<string, string>,
  places: readonly Place[],
): { code: string; words: string; sure: boolean } | null {
  const [only] = named
  if (only && named.length === 1) {
    const name = namesOf(only).find((each) => each.length > 2 && text.includes(each)) ?? ''
    return { code: only.code, words: name, sure: BEING_THERE.test(text.slice(0, text.indexOf(name))) }
  }
  if (named.length > 1) return null
  if (street?.parent) return { code: street.parent, words: street.shortName ?? '', sure: true }
  const place = places
    .filter((each) => text.includes(each.name))
    .toSorted((a, b) => b.name.length - a.name.length)[0]
  const code = place && byName.get(place.district)
  return place && code ? { code, words: place.name, sure: false } : null
}
