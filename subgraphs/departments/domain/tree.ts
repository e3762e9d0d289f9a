import type { Department } from './department.ts'
import { refuse } from './errors.ts'

type Node = Pick<Department, 'code' | 'parent'>

/** Refuses a set of departments that is no tree: a code twice, a parent that is missing, a circle (R35). */
export function checkTree(departments: readonly Node[]): void {
  const parents = new Map<string, string | null>()
  for (const { code, parent } of departments) {
    if (parents.has(code)) throw refuse('DEPARTMENT_CODE_REPEATED', { code })
    parents.set(code, parent)
  }
  for (const { code, parent } of departments) {
    if (parent !== null && !parents.has(parent)) throw refuse('DEPARTMENT_PARENT_UNKNOWN', { code, parent })
  }
  const sound = new Set<string>()
  for (const { code } of departments) walkUp(code, parents, sound)
}

function walkUp(code: string, parents: ReadonlyMap<string, string | null>, sound: Set<string>): void {
  const path: string[] = []
  for (let at: string | null = code; at !== null && !sound.has(at); at = parents.get(at) ?? null) {
    if (path.includes(at)) throw refuse('DEPARTMENT_CYCLE', { code: at, path: [...path, at].join(' → ') })
    path.push(at)
  }
  for (const passed of path) sound.add(passed)
}

/** Parents before their children, so that they can be written one after another; the order of siblings is kept. */
export function parentsFirst<N extends Node>(departments: readonly N[]): N[] {
  const children = Map.groupBy(departments, (department) => department.parent)
  const ordered = [...(children.get(null) ?? [])]
  for (const department of ordered) ordered.push(...(children.get(department.code) ?? []))
  return ordered
}
