import type { DepartmentRecord } from './department.ts'
import { refuse } from './errors.ts'

export interface TreeChanges {
  readonly saved: readonly DepartmentRecord[]
  readonly removed: readonly DepartmentRecord[]
}

/** What an import has to write: only what differs from what stands. A unit left out stays unless `removeMissing`. */
export function treeChanges(
  standing: readonly DepartmentRecord[],
  wanted: readonly DepartmentRecord[],
  removeMissing: boolean,
): TreeChanges {
  const before = new Map(standing.map((record) => [record.code, record]))
  const after = new Set(wanted.map((record) => record.code))
  const saved = wanted.filter((record) => !isSame(before.get(record.code), record))
  const removed = removeMissing ? standing.filter((record) => !after.has(record.code)) : []
  const gone = new Set(removed.map((record) => record.code))
  for (const { code, parent } of wanted)
    if (parent !== null && gone.has(parent) && !gone.has(code))
      throw refuse('DEPARTMENT_HAS_CHILDREN', { code: parent })
  return { saved, removed }
}

function isSame(before: DepartmentRecord | undefined, after: DepartmentRecord): boolean {
  return before !== undefined && JSON.stringify(comparable(before)) === JSON.stringify(comparable(after))
}

function comparable(record: DepartmentRecord): readonly unknown[] {
  const { code, name, shortName, type, level, parent, acceptsDispatch, position } = record
  const lists = [record.aliases.toSorted(), record.responsibilities]
  return [code, name, shortName, type, level, parent, acceptsDispatch, position, ...lists]
}
