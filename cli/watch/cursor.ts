import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What is followed: each has a place of its own. */
export interface Watched {
  readonly url: string
  readonly department: string
  readonly subtree: boolean
}

/** The file that keeps the place of what is followed, under the data folder. */
export function cursorFileOf(dataFolder: string, { url, department, subtree }: Watched): string {
  const hub = createHash('sha256').update(url).digest('hex').slice(0, 8)
  const unit = department.replace(/[^\w.-]/g, '_')
  return path.join(dataFolder, 'watch', `${unit}${subtree ? '.subtree' : ''}.${hub}.cursor`)
}

/** The place last written, or null when there is none. */
export function findCursor(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() || null
  } catch {
    return null
  }
}

/** Writes the place beside and moves it there: a break in the middle leaves the one before. */
export function saveCursor(file: string, cursor: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, `${cursor}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
