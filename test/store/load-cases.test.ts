import { wordsOf } from '@hub/cases/domain/search-words.ts'
import { lockCaseState } from '@hub/cases/store/case-state.ts'
import { loadCases } from '@hub/cli/load/cases.ts'
import { openCipher } from '@hub/kit/crypt.ts'
import { localLogSource } from '@hub/kit/follow-source.ts'
import { followOnce } from '@hub/kit/follow.ts'
import { openLog } from '@hub/kit/log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { casesFollower } from '@hub/supervision/work/followers.ts'
import postgres from 'postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { FILLED_AT, FILLED_KEY, openFilledDatabase } from '../support/cases-filled.ts'
import { openTestDatabase } from '../support/database.ts'

const { url, loaded } = await openFilledDatabase(1_500)
const database = openDatabase({ url, room: 'cases', max: 2 })
const supervision = openDatabase({ url, room: 'supervision', max: 2 })
const { sql } = database
afterAll(() => Promise.all([database.close(), supervision.close()]))

const load = {
  dataKey: FILLED_KEY,
  cases: 20,
  since: '2026-11-01',
  streamDays: 5,
  now: FILLED_AT,
  onProgress: () => {},
}
const count = async (from: string): Promise<number> => {
  const [row] = await sql.unsafe<{ count: number }[]>(`select count(*)::int as count from ${from}`)
  return row?.count ?? -1
}

describe('a register of generated cases', () => {
  it('has as many as were asked for, of every channel, and of most statuses', async () => {
    expect(loaded.rows['case']).toBe(1_500)
    expect(await count('"case"')).toBe(1_500)
    expect(await count('(select distinct channel from "case") c')).toBe(7)
    expect(await count('(select distinct status from "case") c')).toBeGreaterThan(7)
  })

  it('reads back as the rules left it, callers opened with the real key', async () => {
    const cipher = openCipher(FILLED_KEY)
    const numbers = await sql<{ number: string; events: number; version: number }[]>`
      select number, version, (select count(*)::int from case_event where case_number = number) as events
      from "case" where number like '%05' and not anonymous`
    expect(numbers.length).toBeGreaterThan(10)
    for (const { number, version, events } of numbers) {
      expect(version).toBe(events)
      const state = await database.orm.transaction((tx) => lockCaseState(tx, number, cipher))
      expect(state?.caller?.phone).toMatch(/^1990\d{7}$/)
      expect(state?.assignments.every(({ dueOn, capOn }) => dueOn <= capOn)).toBe(true)
    }
  })

  it('is indexed by the words the register itself would take, callers’ numbers left out', async () => {
    const cases = await sql<{ text: string; words: string[] }[]>`
      select title || ' ' || content as text, tsvector_to_array(text_index) as words from "case"
      where content like '%电话是%' or number like '%3'`
    expect(cases.some(({ text }) => /1990\d{7}/.test(text))).toBe(true)
    for (const { text, words } of cases) expect(new Set(words)).toEqual(new Set(wordsOf(text)))
  })

  it('closes nothing without an echo (R29), and serials have no gaps (R38)', async () => {
    expect(
      await count(`"case" c where status in ('CLOSED', 'ARCHIVED') and not exists (select from feedback where case_number = number)
        and not exists (select from direct_answer where case_number = number) and not exists (select from refusal where case_number = number)
        and not exists (select from case_event where case_number = number and kind = 'CaseWithdrawn')`),
    ).toBe(0)
    expect(
      await count(
        `daily_serial d where last <> (select count(*) from "case" where registered_at::date = day)`,
      ),
    ).toBe(0)
  })

  it('stands in gapless streams that supervision follows', async () => {
    expect(
      await count('stream s where last_seq <> (select count(*) from event e where e.stream = s.stream)'),
    ).toBe(0)
    expect(await count(`event where data::text like '%1990%'`)).toBe(0)
    const log = openLog('test', 'silent')
    const applied = await followOnce(
      casesFollower({ database: supervision, source: localLogSource(database), log }),
    )
    expect(applied).toBeGreaterThan(100)
    const [skipped] = await supervision.sql<
      { count: number }[]
    >`select count(*)::int as count from skipped_event`
    expect(skipped?.count).toBe(0)
  })

  it('has its indexes, references and triggers again', async () => {
    const [there] = await sql<{ keys: number; off: number; text: number }[]>`
      select (select count(*)::int from pg_constraint where contype = 'f' and conrelid = 'assignment'::regclass) as keys,
        (select count(*)::int from pg_trigger where tgrelid = '"case"'::regclass and tgenabled = 'D') as off,
        (select count(*)::int from pg_indexes where indexname = 'case_register_words_idx') as text`
    expect(there).toEqual({ keys: 1, off: 0, text: 1 })
  })
})

describe('a load of generated cases', () => {
  it('is refused where the data are loaded already', async () => {
    await expect(loadCases({ ...load, databaseUrl: url })).rejects.toThrow(/a hub is running/)
  })

  it('is refused beside anybody’s own case, and leaves it alone', async () => {
    const own = await openTestDatabase()
    const login = postgres(own.url, { max: 1, onnotice: () => {} })
    try {
      await login`set search_path = cases`
      await login`
        insert into "case" (number, title, content, channel, matter_type, urgency, status, caller_type, anonymous,
          confidential, complained_of, received_at, registered_at, registered_by, cap_provisional, text_index)
        values ('JN-20261101-000001', 'x', 'x', 'PHONE', 'HELP', 'NORMAL', 'REGISTERED', 'NATURAL_PERSON', true, false,
          '{}', now(), now(), 'a person', false, '')`
      await expect(loadCases({ ...load, databaseUrl: own.url })).rejects.toThrow(/cases of your own/)
      expect(await login`select from "case"`).toHaveLength(1)
    } finally {
      await login.end()
      await own.drop()
    }
  })

  it('begins anew where one was broken off', async () => {
    const broken = await openTestDatabase()
    const login = postgres(broken.url, { max: 1, onnotice: () => {} })
    try {
      const onProgress = (line: string): void => {
        if (line.includes('loading')) return
        throw new Error('the plug is pulled')
      }
      await expect(loadCases({ ...load, databaseUrl: broken.url, onProgress })).rejects.toThrow(
        'the plug is pulled',
      )
      await login`drop index if exists cases.case_register_words_idx`
      expect((await loadCases({ ...load, databaseUrl: broken.url })).rows['case']).toBe(20)
      expect(await login`select from pg_indexes where indexname = 'case_register_words_idx'`).toHaveLength(1)
    } finally {
      await login.end()
      await broken.drop()
    }
  })
})
