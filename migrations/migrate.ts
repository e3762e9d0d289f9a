import postgres, { type Sql, type TransactionSql } from 'postgres'
import { listMigrations, type MigrationFile } from './files.ts'
import { MigrationRefused } from './refused.ts'
import { grantRoom, prepareRooms } from './room-access.ts'
import { ROOMS, type Room } from './rooms.ts'

// One number for all databases of the hub: two migrations of one database never run at once.
const LOCK = 12_345

export interface MigrateOptions {
  /** Absent: all rooms. */
  rooms?: readonly Room[]
  /** Where the room folders are; absent: this folder. */
  folder?: string
  /** Told of each file as it is applied. */
  onApplied?: (room: Room, file: string) => void
}

/** Brings the database up to date, room by room, forward only; returns the files applied (`cases: cases/0001_…`). */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const rooms = options.rooms ?? ROOMS
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'hub migrate' } })
  try {
    await sql`select pg_advisory_lock(${LOCK})`
    await prepareRooms(sql, rooms)
    const applied: string[] = []
    for (const room of rooms) applied.push(...(await migrateRoom(sql, room, options)))
    return applied
  } finally {
    await sql.end()
  }
}

async function migrateRoom(sql: Sql, room: Room, options: MigrateOptions): Promise<string[]> {
  await prepareRecord(sql, room)
  const done = await readRecord(sql, room)
  const files = listMigrations(room, options.folder)
  refuseStrangers(room, done, files)
  const open = files.filter((file) => !done.has(file.name))
  for (const file of open) {
    await sql.begin((tx) => apply(tx, room, file))
    options.onApplied?.(room, file.name)
  }
  return open.map((file) => `${room}: ${file.name}`)
}

async function prepareRecord(sql: Sql, room: Room): Promise<void> {
  const [found] = await sql`select to_regclass(${`${room}.migration`}) as record`
  if (found?.['record']) return
  await sql.begin(async (tx) => {
    await tx.unsafe(`
      create table ${room}.migration (
        name text constraint migration_pkey primary key,
        checksum text not null,
        applied_at timestamptz not null default now()
      );
      comment on table ${room}.migration is 'Which migration files have run here, with the checksum they had.'`)
    await grantRoom(tx, room)
  })
}

async function readRecord(sql: Sql, room: Room): Promise<Map<string, string>> {
  const rows = await sql<
    { name: string; checksum: string }[]
  >`select name, checksum from ${sql(room)}.migration`
  return new Map(rows.map((row) => [row.name, row.checksum]))
}

function refuseStrangers(
  room: Room,
  done: ReadonlyMap<string, string>,
  files: readonly MigrationFile[],
): void {
  const known = new Map(files.map((file) => [file.name, file.checksum]))
  for (const [name, checksum] of done) {
    const now = known.get(name)
    if (now === undefined) {
      throw new MigrationRefused(
        `${room}: the database has ${name}, which this version lacks: start a version that is as new`,
      )
    }
    if (now !== checksum) {
      throw new MigrationRefused(
        `migrations/${name} was edited after it ran in ${room}: restore it and write a new file`,
      )
    }
  }
}

async function apply(tx: TransactionSql, room: Room, file: MigrationFile): Promise<void> {
  await tx`select set_config('search_path', ${`${room}, public`}, true)`
  try {
    await tx.unsafe(file.sql)
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) throw error
    throw new Error(
      `migrations/${file.name} in ${room}: ${error.message}${lineOf(file.sql, error.position)}`,
      { cause: error },
    )
  }
  await tx`insert into ${tx(room)}.migration (name, checksum) values (${file.name}, ${file.checksum})`
  await grantRoom(tx, room)
}

function lineOf(sql: string, position: string | undefined): string {
  return position ? ` (line ${sql.slice(0, Number(position)).split('\n').length})` : ''
}
