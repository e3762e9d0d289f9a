/** What this room knows of an organisation; the departments room owns the rest. */
export interface DepartmentRef {
  readonly code: string
  readonly name: string
  readonly parent: string | null
  readonly acceptsDispatch: boolean
}

export interface Departments {
  find(code: string): DepartmentRef | null
  /** Whether a unit is the other or stands somewhere below it. */
  isWithin(code: string, ancestor: string): boolean
  /** The root of the tree, to which every unit belongs. */
  isRoot(code: string): boolean
}

/** The organisations as a rule asks for them, from the rows that are known. */
export function departmentsOf(refs: readonly DepartmentRef[]): Departments {
  const byCode = new Map(refs.map((ref) => [ref.code, ref]))
  const isWithin = (code: string, ancestor: string): boolean => {
    const seen = new Set<string>()
    let at: string | null = code
    while (at !== null && !seen.has(at)) {
      if (at === ancestor) return true
      seen.add(at)
      at = byCode.get(at)?.parent ?? null
    }
    return false
  }
  return {
    find: (code) => byCode.get(code) ?? null,
    isWithin,
    isRoot: (code) => byCode.get(code)?.parent === null,
  }
}
