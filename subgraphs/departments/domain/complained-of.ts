import type { Department } from './department.ts'

type Unit = Pick<Department, 'code' | 'name' | 'shortName' | 'type' | 'parent'> & {
  readonly aliases: readonly string[]
}

const ORGANS = new Set<string>([
  'CITY_OFFICE',
  'MUNICIPAL_BUREAU',
  'VERTICAL_AGENCY',
  'PUBLIC_INSTITUTION',
  'DISTRICT_GOVERNMENT',
  'COUNTY_GOVERNMENT',
  'FUNCTIONAL_ZONE',
  'SUBDISTRICT',
])
const STAFF = /工作人员|窗口|执法人员|领导|干部|科长|局长|主任|民警|公务员|办事人员|执法队/
const STYLE =
  /态度|不作为|乱作为|推诿|踢皮球|吃拿卡要|粗暴|脸色|官僚|故意刁难|刁难|不文明|收好处|收钱|骂人|懒政/

/** The organs whose own people the text complains of (R97): the case never goes to them. */
export function complainedOf(text: string, units: readonly Unit[]): string[] {
  if (!STYLE.test(text) || !STAFF.test(text)) return []
  return units.filter((unit) => ORGANS.has(unit.type) && isBlamed(text, unit)).map((unit) => unit.code)
}

function isBlamed(text: string, unit: Unit): boolean {
  return namesOf(unit).some((name) => {
    const at = text.indexOf(name)
    if (at < 0) return false
    const after = text.slice(at + name.length, at + name.length + 14)
    return STAFF.test(after) || STYLE.test(after)
  })
}

function namesOf({ name, shortName, type, aliases }: Unit): string[] {
  const short = shortName ?? name
  const names = [name, short, short.replace(/^市/, ''), ...aliases]
  return names.filter((each) => each.length >= (type === 'MUNICIPAL_BUREAU' ? 3 : 2))
}
