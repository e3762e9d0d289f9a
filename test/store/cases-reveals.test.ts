import { verifyReveals } from '@hub/cli/audit.ts'
import { findBrokenReveals, type BrokenLink } from '@hub/cases/store/reveals.ts'
import { PROJECT } from '@hub/cli/data-folder.ts'
import { sql } from 'drizzle-orm'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { callerAs } from '../support/cases-graph.ts'
import { clerk, leader, office, openDesk, operator, WATER } from '../support/cases-desk.ts'

const desk = await openDesk()
const { ask, caseAt, register, database, url } = desk
const citizen = callerAs('PORTAL', { district: '历下区', citizen: '13800138000' })
const admin = callerAs('ADMIN')
// The owner of the tables, who alone can go past their triggers.
const connection = postgres(url, { max: 1, onnotice: () => {}, connection: { search_path: 'cases,public' } })
const owner = drizzle(connection)
afterAll(() => connection.end())

const SHOW = 'query ($n: String!, $why: String) { case(number: $n) { caller(reason: $why) { phone } } }'
const WHO =
  'query ($n: String!) { callerReveals(number: $n) { role subject department { code } reason fields } }'

describe("who saw a caller's data", () => {
  it('is told to the caller: role, unit, reason and fields, and the account to the office alone', async () => {
    const number = await caseAt('HANDLING')
    await ask(operator, SHOW, { n: number, why: '核对地址' })
    await ask(clerk(WATER), SHOW, { n: number })
    const { data, codes } = await ask(citizen, WHO, { n: number })
    expect(codes).toEqual([])
    expect(data?.['callerReveals']).toEqual([
      {
        role: 'OPERATOR',
        subject: null,
        department: null,
        reason: '核对地址',
        fields: ['name', 'organisation', 'phone'],
      },
      {
        role: 'DEPARTMENT',
        subject: null,
        department: { code: WATER },
        reason: `DEPARTMENT: handling of ${number}`,
        fields: ['phone'],
      },
    ])
    for (const who of [office, admin])
      expect((await ask(who, WHO, { n: number })).data?.['callerReveals']).toMatchObject([
        { subject: 'test:operator' },
        { subject: `test:department${WATER}` },
      ])
  })

  it('is refused to everybody else', async () => {
    const number = await register()
    const codes = async (who: typeof office) => (await ask(who, WHO, { n: number })).codes
    for (const role of ['OVERSIGHT', 'SUBGRAPH', 'LEADER'])
      expect(await codes(callerAs(role))).toEqual(['FORBIDDEN'])
    for (const who of [operator, leader, clerk(WATER)]) expect(await codes(who)).toEqual(['FORBIDDEN'])
    expect(await codes(callerAs('PORTAL', { district: '历下区' }))).toEqual(['FORBIDDEN'])
    expect(await codes(callerAs('PORTAL', { citizen: '13900139000' }))).toEqual(['CASE_NOT_FOUND'])
  })
})

describe('the chains of the record', () => {
  it('hold when many read at once, each link on the one before it', async () => {
    const numbers = await Promise.all(Array.from({ length: 12 }, () => register()))
    const all = `query { cases(first: 50) { nodes { caller { name } } } }`
    await Promise.all([
      ...numbers.map((n) => ask(operator, SHOW, { n })),
      ask(office, all),
      ask(operator, all),
    ])
    expect(await findBrokenReveals(database.orm)).toEqual([])
    const [row] =
      await database.sql`select count(*)::int as links, count(distinct chain)::int as chains from caller_reveal`
    expect(row?.['links']).toBeGreaterThan(36)
    expect(row?.['chains']).toBeGreaterThan(3)
    expect(await verifyReveals(url)).toEqual({ reveals: row?.['links'], broken: [] })
  })

  it('cannot be changed by the role of the room', async () => {
    const refused = { code: '23001' }
    await expect(database.sql`update caller_reveal set reason = '无'`).rejects.toMatchObject(refused)
    await expect(database.sql`delete from caller_reveal`).rejects.toMatchObject(refused)
    await expect(database.sql`update reveal_chain set last_place = 0`).rejects.toMatchObject(refused)
    await expect(database.sql`delete from reveal_chain`).rejects.toMatchObject(refused)
  })

  it.each([
    ['CHANGED', `update cases.caller_reveal set subject = 'nobody' where place = 1 and chain = $1`],
    ['CHANGED', `update cases.caller_reveal set at = at - interval '1 day' where place = 2 and chain = $1`],
    ['GAP', 'delete from cases.caller_reveal where place = 2 and chain = $1'],
    ['GAP', 'delete from cases.caller_reveal where place = 1 and chain = $1'],
    [
      'CUT_OFF',
      'delete from cases.caller_reveal where chain = $1 and place = (select max(place) from cases.caller_reveal where chain = $1)',
    ],
    ['CUT_OFF', 'delete from cases.reveal_chain where chain = $1'],
  ])('that somebody went past are found out: %s by %s', async (problem, statement) => {
    const [{ chain } = { chain: '' }] = await database.sql<{ chain: string }[]>`
      select chain from caller_reveal group by chain having count(*) > 3 order by chain limit 1`
    const broken = await tampered(statement, chain)
    expect(broken.map((link) => link.problem)).toContain(problem)
    expect(broken.every((link) => link.chain === chain)).toBe(true)
    expect(await findBrokenReveals(database.orm)).toEqual([])
  })
})

describe('what was written before there were chains', () => {
  it('becomes the beginning of one that holds', async () => {
    const file = path.join(PROJECT, 'migrations', 'cases', '0008_reveals_are_chained.sql')
    const before = `create schema earlier; set local search_path = earlier;
      create table caller_reveal (
        id bigint generated always as identity, case_number text not null, subject text not null, role text not null,
        department text, fields text[] not null, reason text not null, request_id text not null,
        at timestamptz not null default now());
      create function refuse_change() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
      create trigger caller_reveal_never_changes before update or delete or truncate on caller_reveal
        for each statement execute function refuse_change();
      insert into caller_reveal (case_number, subject, role, fields, reason, request_id)
        select 'JN-1', 'someone', 'OFFICE', array['phone'], 'why ' || n, 'r' from generate_series(1, 3) n;`
    const undone = new Error('taken back')
    const found = owner.transaction(async (tx) => {
      await tx.execute(sql.raw(before))
      await tx.execute(sql.raw(readFileSync(file, 'utf8')))
      await tx.execute(sql`insert into caller_reveal (case_number, subject, role, fields, reason, request_id, chain)
        values ('JN-1', 'someone', 'OFFICE', array['phone'], 'later', 'r', 'case:0')`)
      const links = await tx.execute(sql`select place::int as place from caller_reveal order by id`)
      expect([...links]).toEqual([{ place: 1 }, { place: 2 }, { place: 3 }, { place: 4 }])
      expect(await findBrokenReveals(tx)).toEqual([])
      throw undone
    })
    await expect(found).rejects.toBe(undone)
  })
})

/** What is found with the triggers off and the statement done; then all is taken back. */
async function tampered(statement: string, chain: string): Promise<readonly BrokenLink[]> {
  let found: readonly BrokenLink[] = []
  const undone = new Error('taken back')
  await owner
    .transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`)
      await tx.execute(sql.raw(statement.replaceAll('$1', `'${chain}'`)))
      found = await findBrokenReveals(tx)
      throw undone
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error
    })
  return found
}
