import path from 'node:path'
import type { ProjectFile } from './tree.ts'

/** One import of a file: what it names, as a path of the project, `node:…` or a package. */
export interface Import {
  readonly target: string
  /** `import type`: nothing of it is there when the program runs. */
  readonly typeOnly: boolean
}

const STATEMENT = /^[ \t]*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"\n]+)['"]/gm
const DYNAMIC = /\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g
const ROOM = /^(cases|departments|knowledge|supervision)$/

/** All imports of a file, static and dynamic. */
export function importsOf(file: ProjectFile): Import[] {
  const stated = [...file.text.matchAll(STATEMENT)].map(([, type, name = '']) => ({
    target: targetOf(file.path, name),
    typeOnly: type !== undefined,
  }))
  const dynamic = [...file.text.matchAll(DYNAMIC)].map(([, name = '']) => ({
    target: targetOf(file.path, name),
    typeOnly: false,
  }))
  return [...stated, ...dynamic]
}

function targetOf(from: string, name: string): string {
  if (name.startsWith('.')) return path.posix.join(path.posix.dirname(from), name)
  const [, part, rest = ''] = /^@hub\/([^/]+)\/(.*)$/.exec(name) ?? []
  if (!part) return name.startsWith('node:') ? name : `npm:${name}`
  return ROOM.test(part) ? `subgraphs/${part}/${rest}` : `${part}/${rest}`
}
