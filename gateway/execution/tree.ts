import type { Path } from '../planning/locations.ts'

/** What subgraphs have answered so far, by response names. */
export interface Tree {
  [name: string]: unknown
}

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Sets an entry under whatever name a client gave it: `__proto__` would be taken for something else. */
export function setEntry(tree: Tree, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(tree, name, { value, enumerable: true, configurable: true, writable: true })
  else tree[name] = value
}

/** Whether a name is that of a type that objects are of, not of an interface that stands for it. */
export type IsObjectName = (typename: unknown) => boolean

/**
 * Puts what a subgraph answered into what is there: objects into objects, lists of one length element by element. A
 * subgraph that knows but an interface of an object says less of its type than may be known by then.
 */
export function mergeInto(target: Tree, source: Tree, isObjectName?: IsObjectName): void {
  for (const name of Object.keys(source)) {
    const value = source[name]
    if (value === undefined) continue
    const present = target[name]
    if (isTree(present) && isTree(value)) mergeInto(present, value, isObjectName)
    else if (Array.isArray(present) && Array.isArray(value) && present.length === value.length)
      mergeLists(present, value, isObjectName)
    else if (name !== '__typename' || present === value || !isObjectName?.(present)) target[name] = value
  }
}

function mergeLists(target: unknown[], source: readonly unknown[], isObjectName?: IsObjectName): void {
  for (let at = 0; at < source.length; at++) {
    const present = target[at]
    const value = source[at]
    if (isTree(present) && isTree(value)) mergeInto(present, value, isObjectName)
    else if (Array.isArray(present) && Array.isArray(value) && present.length === value.length)
      mergeLists(present, value, isObjectName)
    else target[at] = value
  }
}

/** A copy that shares nothing. */
export function copyOf<T>(value: T): T
export function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf)
  if (!isTree(value)) return value
  const copy: Tree = {}
  for (const name of Object.keys(value)) copy[name] = copyOf(value[name])
  return copy
}

/** The objects at a path, each once although it may stand in many places. */
export function objectsAt(root: Tree, path: Path): Tree[] {
  let level: readonly unknown[] = [root]
  for (const step of path) {
    const next: unknown[] = []
    if (step === '@') for (const list of level) addElements(next, list)
    else for (const object of level) if (isTree(object)) addPresent(next, object[step])
    level = next.length > 1 ? [...new Set(next)] : next
  }
  return level.flat(Infinity).filter(isTree)
}

function addElements(into: unknown[], list: unknown): void {
  if (Array.isArray(list)) for (const element of list) addPresent(into, element)
}

function addPresent(into: unknown[], value: unknown): void {
  if (value !== null && value !== undefined) into.push(value)
}

/** The objects at a path, each with the places, with indexes, where it stands; for the paths of errors. */
export function placesAt(
  root: Tree,
  path: Path,
): ReadonlyMap<Tree, readonly (readonly (string | number)[])[]> {
  const found = new Map<Tree, (readonly (string | number)[])[]>()
  const walk = (value: unknown, at: number, place: (string | number)[]): void => {
    if (Array.isArray(value)) {
      const rest = path[at] === '@' ? at + 1 : at
      value.forEach((element, index) => walk(element, rest, [...place, index]))
    } else if (isTree(value)) {
      const step = path[at]
      if (step === undefined) {
        const places = found.get(value)
        if (places) places.push(place)
        else found.set(value, [place])
      } else walk(value[step], at + 1, [...place, step])
    }
  }
  walk(root, 0, [])
  return found
}

/**
 * Lets one object stand in every place of a path whose object is equal to it; `identity` tells which are. Returns the
 * objects that stand for several.
 */
export function unify(root: Tree, path: Path, identity: (object: Tree) => string | null): Set<Tree> {
  const first = new Map<string, Tree>()
  const shared = new Set<Tree>()
  const settled = new Set<Tree>()
  const settle = (value: unknown): unknown => {
    if (!isTree(value) || settled.has(value)) return value
    const key = identity(value)
    if (key === null) return value
    const known = first.get(key)
    if (known) shared.add(known)
    else {
      first.set(key, value)
      settled.add(value)
    }
    return known ?? value
  }
  const last = path.at(-1) ?? ''
  const lists = last === '@'
  for (const parent of lists ? listsAt(root, path.slice(0, -1)) : objectsAt(root, path.slice(0, -1))) {
    if (Array.isArray(parent)) for (let at = 0; at < parent.length; at++) parent[at] = settle(parent[at])
    else if (isTree(parent)) parent[last] = settle(parent[last])
  }
  return shared
}

function listsAt(root: Tree, path: Path): unknown[][] {
  const last = path.at(-1)
  if (last === undefined) return []
  const parents = objectsAt(root, path.slice(0, -1))
  return parents.flatMap((parent) => (Array.isArray(parent[last]) ? [parent[last] as unknown[]] : []))
}
