import type { ISql } from 'postgres'
import { MigrationRefused } from './refused.ts'
import type { Room } from './rooms.ts'

interface Login {
  name: string
  database: string
  superuser: boolean
  createrole: boolean
  creates: boolean
}

const DENIED = '42501'

/** Makes schemas, roles and pg_trgm where they are missing; says in one sentence what the login user lacks for it. */
export async function prepareRooms(sql: ISql, rooms: readonly Room[]): Promise<void> {
  const login = await readLogin(sql)
  await prepareTrigrams(sql, login)
  for (const room of rooms) {
    await prepareRole(sql, `hub_${room}`, login)
    await prepareSchema(sql, room, login)
  }
}

async function readLogin(sql: ISql): Promise<Login> {
  const [login] = await sql<Login[]>`
    select rolname as name, current_database() as database, rolsuper as superuser, rolcreaterole as createrole,
           has_database_privilege(current_database(), 'create') as creates
    from pg_roles where rolname = current_user`
  if (!login) throw new Error('the login role is not in pg_roles')
  return login
}

async function prepareTrigrams(sql: ISql, login: Login): Promise<void> {
  const [found] = await sql<{ schema: string }[]>`
    select extnamespace::regnamespace::text as schema from pg_extension where extname = 'pg_trgm'`
  if (!found) await createTrigrams(sql, login)
  else if (found.schema !== 'public') {
    throw new MigrationRefused(
      `DATABASE_URL: pg_trgm stands in the schema ${found.schema} of ${login.database}: alter extension pg_trgm set schema public`,
    )
  }
  // Under the locale C, Chinese characters count as no letters, and nothing would ever be found.
  const [{ alike } = { alike: 0 }] = await sql<
    { alike: number }[]
  >`select public.similarity('泉城路', '泉城路') as alike`
  if (alike === 1) return
  throw new MigrationRefused(
    `DATABASE_URL: the database ${login.database} has a locale that does not know Chinese: make it anew with createdb -T template0 -E UTF8 --locale=C.UTF-8 ${login.database}`,
  )
}

async function createTrigrams(sql: ISql, login: Login): Promise<void> {
  const [offered] = await sql`select 1 from pg_available_extensions where name = 'pg_trgm'`
  if (!offered) {
    throw new MigrationRefused(
      'DATABASE_URL: the server does not offer the extension pg_trgm: install postgresql-contrib',
    )
  }
  if (!login.creates) throw lacks(login, 'CREATE on the database', grantCreate(login))
  await sql`create extension if not exists pg_trgm with schema public`
}

async function prepareRole(sql: ISql, role: string, login: Login): Promise<void> {
  const [found] = await sql`select 1 from pg_roles where rolname = ${role}`
  if (!found) {
    if (!login.createrole && !login.superuser) {
      throw lacks(login, 'CREATEROLE', `alter role ${login.name} createrole`)
    }
    // Roles belong to the whole server: another database of it may be migrated at this moment.
    await sql.unsafe(
      `do $$ begin create role ${role} nologin; exception when duplicate_object or unique_violation then null; end $$`,
    )
  }
  if (login.superuser) return
  const [member] = await sql`select 1 where pg_has_role(current_user, ${role}, 'usage')`
  if (member) return
  await sql.unsafe(`grant ${role} to current_user`).catch((error: unknown) => {
    if (!isDenied(error)) throw error
    throw lacks(login, `membership in the role ${role}`, `grant ${role} to ${login.name}`)
  })
}

async function prepareSchema(sql: ISql, room: Room, login: Login): Promise<void> {
  const [found] = await sql`select 1 from pg_namespace where nspname = ${room}`
  if (found) return
  if (!login.creates) throw lacks(login, 'CREATE on the database', grantCreate(login))
  await sql.unsafe(`create schema if not exists ${room}`)
}

/** What a room's role may do in its schema: read and write every table, own none, and never touch the migration record. */
export async function grantRoom(sql: ISql, room: Room): Promise<void> {
  const role = `hub_${room}`
  await sql.unsafe(`
    grant usage on schema ${room} to ${role};
    grant select, insert, update, delete on all tables in schema ${room} to ${role};
    grant usage, select on all sequences in schema ${room} to ${role};
    revoke insert, update, delete on ${room}.migration from ${role}`)
}

function grantCreate({ database, name }: Login): string {
  return `grant create on database ${database} to ${name}`
}

function lacks(login: Login, what: string, mend: string): MigrationRefused {
  return new MigrationRefused(`DATABASE_URL: the user ${login.name} lacks ${what}: as a superuser, ${mend}`)
}

function isDenied(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === DENIED
}
