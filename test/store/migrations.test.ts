import { migrate } from '@hub/migrations/migrate.ts'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'

const admin = postgres(inject('postgresUrl'), { max: 1, onnotice: () => {} })
afterAll(() => admin.end())

const name = `migrate_${process.pid}`
const emptyUrl = new URL(inject('postgresUrl'))
emptyUrl.pathname = `/${name}`
const url = emptyUrl.href
let folder = ''

beforeEach(async () => {
  await admin.unsafe(`drop database if exists ${name} with (force)`)
  await admin.unsafe(`create database ${name}`)
  folder = mkdtempSync(path.join(tmpdir(), 'hub-migrations-'))
  for (const part of ['every', 'cases']) mkdirSync(path.join(folder, part))
  write('every/0001_note.sql', 'create table note (id integer primary key, text text not null);')
  write(
    'cases/0001_mark.sql',
    'create table mark (id bigint generated always as identity primary key, note integer);',
  )
})

function write(file: string, sql: string): void {
  writeFileSync(path.join(folder, file), sql)
}

describe('a migration run', () => {
  it('applies what every room has, then what the room has, and nothing the second time', async () => {
    const applied = ['cases: every/0001_note.sql', 'cases: cases/0001_mark.sql']
    expect(await migrate(url, { rooms: ['cases'], folder })).toEqual(applied)
    expect(await migrate(url, { rooms: ['cases'], folder })).toEqual([])
  })

  it('is the same for two runs at once', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => migrate(url, { rooms: ['cases'], folder })))
    expect(runs.flat()).toHaveLength(2)
  })

  it('lets the role of a room read and write its tables, own none and leave the record alone', async () => {
    await migrate(url, { folder })
    const room = postgres(url, { max: 1, connection: { role: 'hub_cases', search_path: 'cases,public' } })
    await room`insert into note values (1, '泉城')`
    await room`insert into mark (note) values (1)`
    expect(await room`select similarity('趵突泉', '趵突泉北路') > 0 as near`).toEqual([{ near: true }])
    await expect(room`delete from migration`).rejects.toThrow(/permission denied/)
    await expect(room`drop table note`).rejects.toThrow(/must be owner/)
    await expect(room`select * from knowledge.note`).rejects.toThrow(/permission denied/)
    await room.end()
  })

  it('refuses a file that was edited after it ran', async () => {
    await migrate(url, { rooms: ['cases'], folder })
    write('cases/0001_mark.sql', 'create table mark (id integer);')
    await expect(migrate(url, { rooms: ['cases'], folder })).rejects.toThrow(
      'migrations/cases/0001_mark.sql was edited after it ran in cases: restore it and write a new file',
    )
  })

  it('leaves nothing of a file that fails, and names the file and the line', async () => {
    write('cases/0002_broken.sql', 'create table half (id integer);\ncreate table oops (id nonsense);')
    await expect(migrate(url, { rooms: ['cases'], folder })).rejects.toThrow(
      'migrations/cases/0002_broken.sql in cases: type "nonsense" does not exist (line 2)',
    )
    const sql = postgres(url, { max: 1 })
    expect(await sql`select to_regclass('cases.half') as half`).toEqual([{ half: null }])
    await sql.end()
  })

  it('refuses a database whose locale does not know Chinese', async () => {
    await admin.unsafe(`drop database ${name}`)
    await admin.unsafe(`create database ${name} template template0 encoding 'UTF8' locale 'C'`)
    await expect(migrate(url, { folder })).rejects.toThrow(
      /has a locale that does not know Chinese: make it anew/,
    )
  })

  it('says what a login user lacks, and works with a user who has it', async () => {
    const poor = new URL(url)
    poor.username = `poor_${process.pid}`
    poor.password = 'p'
    await admin.unsafe(`create role ${poor.username} login password 'p'`)
    await expect(migrate(poor.href, { folder })).rejects.toThrow(
      /user poor_\d+ lacks CREATE on the database: as a superuser, grant/,
    )
    await admin.unsafe(
      `grant create on database ${name} to ${poor.username}; alter role ${poor.username} createrole`,
    )
    // The roles belong to the server and another user made them: membership is what is missing now.
    await expect(migrate(poor.href, { folder })).rejects.toThrow(
      /lacks membership in the role hub_departments/,
    )
    await admin.unsafe(`grant hub_departments, hub_knowledge, hub_cases, hub_supervision to ${poor.username}`)
    expect(await migrate(poor.href, { folder })).toHaveLength(5)
    const room = postgres(poor.href, {
      max: 1,
      connection: { role: 'hub_cases', search_path: 'cases,public' },
    })
    await room`insert into note values (1, '泉城')`
    await room.end()
  })
})
