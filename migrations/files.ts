import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Room } from './rooms.ts'

const NAME = /^\d{4}_[a-z0-9_]+\.sql$/

/** One migration: a file that runs once in a room, in one transaction. */
export interface MigrationFile {
  /** `every/0001_event_log.sql` or `cases/0001_case.sql`. */
  name: string
  sql: string
  checksum: string
}

/** The migrations of a room in order: first what every room has, then its own. */
export function listMigrations(room: Room, folder: string = import.meta.dirname): MigrationFile[] {
  return ['every', room].flatMap((part) => readFolder(path.join(folder, part), part))
}

function readFolder(folder: string, part: string): MigrationFile[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
  for (const [index, name] of names.entries()) {
    if (!NAME.test(name)) throw new Error(`migrations/${part}/${name}: name it 0001_what_it_does.sql`)
    const twin = names[index + 1]
    if (twin?.slice(0, 4) === name.slice(0, 4))
      throw new Error(`migrations/${part}: ${name} and ${twin} have one number`)
  }
  return names.map((name) => readOne(path.join(folder, name), `${part}/${name}`))
}

function readOne(file: string, name: string): MigrationFile {
  const sql = readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
}
