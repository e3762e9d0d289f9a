import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** A file of the project: its path from the root with `/`, and its text. */
export interface ProjectFile {
  readonly path: string
  readonly text: string
}

const ROOT = path.resolve(import.meta.dirname, '../..')
export const ROOMS = ['cases', 'departments', 'knowledge', 'supervision'] as const

const NOT_OURS = new Set(['node_modules', '.git', '.hub-data', '.cache', 'coverage'])
const TEXT = /\.(ts|mjs|cjs|json|sql|graphql|md|ya?ml)$/

/** Every path of the project that is not ignored, folders left out. */
export function projectPaths(folder = ''): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name) || entry.name.endsWith('.log')) return []
    const at = folder === '' ? entry.name : `${folder}/${entry.name}`
    return entry.isDirectory() ? projectPaths(at) : [at]
  })
}

/** Every file of the project that is text, read once for a test file. */
export function projectFiles(wanted: RegExp = TEXT): ProjectFile[] {
  return projectPaths()
    .filter((at) => wanted.test(at))
    .map((at) => ({ path: at, text: readFileSync(path.join(ROOT, at), 'utf8') }))
}

export const read = (at: string): string => readFileSync(path.join(ROOT, at), 'utf8')
