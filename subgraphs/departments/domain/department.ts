/** Kinds of organisation (单位类型), from the city down to the subdistrict. */
export const DEPARTMENT_TYPES = [
  'CITY_GOVERNMENT',
  'CITY_OFFICE',
  'HOTLINE_OFFICE',
  'MUNICIPAL_BUREAU',
  'VERTICAL_AGENCY',
  'PUBLIC_INSTITUTION',
  'PEOPLE_ORGANISATION',
  'SUPERVISION_BODY',
  'PUBLIC_ENTERPRISE',
  'DISTRICT_GOVERNMENT',
  'COUNTY_GOVERNMENT',
  'FUNCTIONAL_ZONE',
  'SUBDISTRICT',
] as const
export type DepartmentType = (typeof DEPARTMENT_TYPES)[number]

/** Levels of government (层级). */
export const DEPARTMENT_LEVELS = ['CITY', 'COUNTY', 'DISTRICT', 'SUBDISTRICT'] as const
export type DepartmentLevel = (typeof DEPARTMENT_LEVELS)[number]

/** An organisation that cases may be sent to (承办单位, R35-R37). */
export interface Department {
  readonly code: string
  readonly name: string
  readonly shortName: string | null
  readonly type: DepartmentType
  readonly level: DepartmentLevel | null
  readonly parent: string | null
  readonly acceptsDispatch: boolean
  /** Place in the official order of the list. */
  readonly position: number
}

/** One line of a unit's responsibility catalogue (职责); `clause` is its number there. */
export interface Responsibility {
  readonly department: string
  readonly clause: number
  readonly text: string
}

/** A department with all that is kept about it, as an import brings it. */
export interface DepartmentRecord extends Department {
  readonly aliases: readonly string[]
  readonly responsibilities: readonly string[]
}
