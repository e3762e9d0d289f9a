import { describe, expect, it } from 'vitest'
import { office, openDesk, operator } from '../support/cases-desk.ts'

const desk = await openDesk()
const { act, ask, caseAt, database } = desk
const { sql } = database
const archived = await caseAt('ARCHIVED')
const open = await caseAt('FED_BACK')

/** Written also for an archived case: who saw it, what was sent, what other rooms say. */
const GO_ON = new Set(['caller_reveal', 'command', 'supervision_ref'])

async function partTables(): Promise<string[]> {
  const rows = await sql<{ table: string }[]>`
    select table_name as table from information_schema.columns
    where table_schema = 'cases' and column_name = 'case_number' order by 1`
  return rows.map(({ table }) => table).filter((table) => !GO_ON.has(table))
}

/** The state that PostgreSQL refuses with, or 'done'; nothing that was done stays. */
async function outcomeOf(statement: string): Promise<string> {
  try {
    await sql.begin(async (tx) => {
      await tx.unsafe(statement)
      throw new Error('done')
    })
    return 'done'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'done'
  }
}

const REFUSED = '23001'

/** Adding to a table, and changing and taking away what it holds of the archived case. */
async function statementsOn(table: string): Promise<string[]> {
  const rows = await sql.unsafe(`select from ${table} where case_number = '${archived}'`)
  const add = `insert into ${table} select (jsonb_populate_record(null::${table}, '{"case_number": "${archived}"}')).*`
  const change = `update ${table} set case_number = case_number where case_number = '${archived}'`
  return rows.length === 0 ? [add] : [add, change, `delete from ${table} where case_number = '${archived}'`]
}

describe('an archived case', () => {
  it('is asked of the database as the role of the room, which owns nothing', async () => {
    const [row] =
      await sql`select current_user as role, (select count(*)::int from pg_tables where tableowner = current_user) as owns`
    expect(row).toEqual({ role: 'hub_cases', owns: 0 })
  })

  it('has the guard on every table that holds a part of it (R86, R87, R88, R89, R90)', async () => {
    const rows = await sql<{ table: string }[]>`
      select event_object_table as table from information_schema.triggers
      where trigger_schema = 'cases' and trigger_name like '%_archived_stays' group by 1 having count(*) = 3 order by 1`
    expect(rows.map(({ table }) => table)).toEqual(await partTables())
  })

  it('is not changed, taken away or added to by any statement (R86, R87, R88, R89, R90)', async () => {
    expect(await outcomeOf(`update "case" set title = '改' where number = '${archived}'`)).toBe(REFUSED)
    expect(await outcomeOf(`update "case" set status = 'CLOSED' where number = '${archived}'`)).toBe(REFUSED)
    expect(await outcomeOf(`delete from "case" where number = '${archived}'`)).toBe(REFUSED)
    const statements = await Promise.all((await partTables()).map(statementsOn))
    for (const statement of statements.flat())
      expect([statement, await outcomeOf(statement)]).toEqual([statement, REFUSED])
    expect(statements.flat().length).toBeGreaterThan(25)
  })

  it('takes over no part of another case', async () => {
    const move = `update feedback set case_number = '${archived}' where case_number = '${open}'`
    expect(await outcomeOf(move)).toBe(REFUSED)
  })

  it('is read as before, and each reading of its caller is still written down', async () => {
    const asked = 'query ($n: String!) { case(number: $n) { status caller { phone } timeline { kind } } }'
    const { data, codes } = await ask(operator, asked, { n: archived })
    expect(codes).toEqual([])
    expect(data?.['case']).toMatchObject({ status: 'ARCHIVED', caller: { phone: '13800138000' } })
    expect((await act(office, 'archiveCase', { number: archived })).codes).toEqual([])
  })
})

describe('a case that is not archived', () => {
  it('is changed by the same statements: it is the archive that refuses', async () => {
    expect(await outcomeOf(`update "case" set title = '改' where number = '${open}'`)).toBe('done')
    expect(await outcomeOf(`update feedback set text = '改' where case_number = '${open}'`)).toBe('done')
    expect(await outcomeOf(`delete from feedback where case_number = '${open}'`)).toBe('done')
    expect(await outcomeOf(`delete from case_event where case_number = '${open}'`)).toBe(REFUSED)
  })
})
