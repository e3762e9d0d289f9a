import { makeReads } from '@hub/cases/graph/context-reads.ts'
import type { Reach } from '@hub/cases/store/reach.ts'
import { listAssignmentsOfCases } from '@hub/cases/store/assignments.ts'
import { wordsOf } from '@hub/cases/domain/search-words.ts'
import { findByText } from '@hub/cases/store/case-text-search.ts'
import { findCases, listCases } from '@hub/cases/store/cases.ts'
import { listSimilarCandidates } from '@hub/cases/store/similar.ts'
import { listTimelines } from '@hub/cases/store/timeline.ts'
import { addUpUnsettled, countOpenAssignments } from '@hub/cases/store/unsettled.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { sql } from 'drizzle-orm'
import { afterAll, describe, expect, it } from 'vitest'
import { explain, sequentialScans } from '../bench/cases-plans.ts'
import { FILLED_AT, openFilledDatabase } from '../support/cases-filled.ts'

const { url } = await openFilledDatabase(11_000)
let statements: { text: string; parameters: readonly unknown[] }[] = []
const onStatement = (text: string, parameters: readonly unknown[]): void =>
  void statements.push({ text, parameters })
const database = openDatabase({ url, room: 'cases', max: 1, onStatement })
const db = database.orm
afterAll(() => database.close())

/**
 * The sequential scans in the plans of all statements that some work sends. `onlyIndexes`: what looks through the newest
 * ten thousand would look through nearly all of this small register, and there PostgreSQL rightly takes no index.
 */
async function scansOf(work: () => Promise<unknown>, onlyIndexes = false): Promise<string[]> {
  statements = []
  await work()
  const sent = statements
  expect(sent.length).toBeGreaterThan(0)
  if (onlyIndexes) await database.sql`set enable_seqscan = off`
  const plans = []
  for (const statement of sent) plans.push(...(await explain(database, statement)))
  await database.sql`reset enable_seqscan`
  return sequentialScans(plans)
}

const ALL: Reach = { kind: 'ALL' }
const OF_DISTRICT: Reach = { kind: 'DISTRICT', district: '历城区' }
const OF_UNIT: Reach = { kind: 'UNITS', codes: ['JN-D-LX', 'JN-S-LX-YJ'], barredBy: ['JN-D-LX'] }
const [middle] = await database.sql<
  { number: string }[]
>`select number from "case" order by number offset 3000 limit 1`
const number = middle?.number ?? ''
const from = new Date('2026-03-01T00:00:00+08:00')
const receivedBefore = new Date('2026-03-08T00:00:00+08:00')

describe('a list of cases reads along an index', () => {
  it.each([
    ['of a district', OF_DISTRICT, {}],
    ['of a district, of one status', OF_DISTRICT, { status: ['ARCHIVED'] }],
    ['of a district, of several statuses', OF_DISTRICT, { status: ['HANDLING', 'REDO'] }],
    ['of a district, by text', OF_DISTRICT, { text: '暖气不热' }],
    ['by text', ALL, { text: '拖欠工资' }],
    ['by a text that no case has', ALL, { text: '没有这样的话' }],
    ['of a status', ALL, { status: ['WITHDRAWN'] }],
    ['of a unit and a matter', ALL, { department: 'JN-SCJ', matterType: ['COMPLAINT'] }],
    ['of a unit, of what is under way', ALL, { department: 'JN-SCJ', status: ['HANDLING'] }],
    ['of a channel', ALL, { channel: ['WEIBO'] }],
    ['of days long ago', ALL, { receivedFrom: from, receivedBefore }],
    ['of days long ago, of a district', OF_DISTRICT, { receivedFrom: from, receivedBefore }],
    ['of a unit and those under it', OF_UNIT, {}],
    ['of a unit and those under it, of one matter', OF_UNIT, { matterType: ['REPORT'] }],
    ['of a unit, by text', OF_UNIT, { text: '暖气不热' }],
    ['of a district, by a rare text', OF_DISTRICT, { text: '枫汇佳苑停水' }],
    ['of a matter of two kinds', ALL, { department: 'JN-SCJ', matterType: ['COMPLAINT', 'HELP'] }],
    ['of a caller', { kind: 'CITIZEN', phoneIndex: 'nobody' }, {}],
  ] satisfies [string, Reach, Parameters<typeof listCases>[2]][])('%s', async (_what, reach, filter) => {
    expect(await scansOf(() => listCases(db, reach, filter, 21, null), 'text' in filter)).toEqual([])
    expect(await scansOf(() => listCases(db, reach, filter, 21, number), 'text' in filter)).toEqual([])
  })
})

describe('a lookup reads along an index', () => {
  it('of a case by its number, with its timeline and assignments', async () => {
    expect(await scansOf(() => findCases(db, ALL, [number]))).toEqual([])
    expect(await scansOf(() => listTimelines(db, [number]))).toEqual([])
    expect(await scansOf(() => listAssignmentsOfCases(db, [number]))).toEqual([])
  })

  it('of the assignments of a unit, all or of some statuses', async () => {
    const list = reads().listAssignments
    expect(await scansOf(() => list('JN-SCJ', null, 21, null))).toEqual([])
    expect(await scansOf(() => list('JN-SCJ', ['ISSUED', 'REDO'], 21, null))).toEqual([])
  })

  it('of the open assignments of many units', async () => {
    const codes = Array.from({ length: 50 }, (_, at) => (at === 0 ? 'JN-SCJ' : `U-${at}`))
    expect(await scansOf(() => countOpenAssignments(db, codes))).toEqual([])
  })

  it('of cases like one that is told', async () => {
    const search = {
      words: ['暖气', '气不', '不热', '枫汇'],
      phoneIndexes: ['x'],
      at: FILLED_AT,
      except: null,
    }
    expect(await scansOf(() => listSimilarCandidates(db, search))).toEqual([])
  })
})

describe('a list that has no index', () => {
  it('is caught', async () => {
    const unindexed = (): Promise<unknown> => db.execute(`select number from "case" where title = 'x'`)
    expect(await scansOf(unindexed)).toHaveLength(1)
    expect(await scansOf(unindexed, true)).toHaveLength(1)
  })
})

describe('a list found in parts', () => {
  it.each([
    ['by a common text', { text: '希望尽快派人处理' }],
    ['by a text that begins far back', { text: '下雨严重积水' }],
    ['of several statuses', { status: ['HANDLING', 'CLOSED', 'WITHDRAWN'] }],
    ['of a unit', { department: 'JN-SCJ' }],
    ['of a unit, of two kinds of matter', { department: 'JN-D-LX', matterType: ['COMPLAINT', 'HELP'] }],
    ['of a district, by text', { district: '历下区', text: '暖气不热' }],
    ['of a unit, by text', { department: 'JN-U-HEAT', text: '暖气不热' }],
    [
      'of days, by text',
      { text: '暖气不热', receivedFrom: new Date('2025-12-01T00:00:00+08:00'), receivedBefore },
    ],
    ['of days', { receivedFrom: from, receivedBefore }],
  ] satisfies [string, Parameters<typeof listCases>[2]][])(
    '%s is the same page by page as in one',
    async (_what, filter) => {
      const whole = await listCases(db, ALL, filter, 101, null)
      expect(whole.length).toBeGreaterThan(20)
      const pages: string[] = []
      for (let after: string | null = null; pages.length < whole.length; after = pages.at(-1) ?? null) {
        const page = await listCases(db, ALL, filter, Math.min(7, whole.length - pages.length), after)
        expect(page.length).toBeGreaterThan(0)
        pages.push(...page.map((each) => each.number))
      }
      expect(pages).toEqual(whole.map((each) => each.number))
      expect(pages).toEqual([...new Set(pages)].toSorted().toReversed())
    },
  )
})

describe('a list by text', () => {
  it.each(['暖气不热', '积水', '枫汇佳苑', '拖欠工资', '希望尽快派人处理', '暖气退费'])(
    'holds the newest of all that have the words, however rare: %s',
    async (text) => {
      const query = wordsOf(text)
        .map((word) => `'${word}'`)
        .join(' & ')
      for (const district of [null, '历下区']) {
        const found = await listCases(db, ALL, { text, district }, 60, null)
        const rows = await db.execute<{ number: string }>(sql`
          select number from "case" where text_index @@ ${query}::tsquery
            and (${district}::text is null or district = ${district}) order by number desc limit 60`)
        const numbers = rows.map((each) => each.number)
        expect(found.map((each) => each.number)).toEqual(numbers)
        // As on a large register: stretch by stretch to the end.
        const sought = { reach: ALL, filter: { district }, limit: 60, after: null }
        const measures = { few: 0, casesForOne: 0.01, longer: 2, longest: 1e9 }
        expect(await findByText(db, sought, wordsOf(text), measures)).toEqual(numbers)
      }
    },
  )
})

describe('a list by days of receipt', () => {
  it('holds a letter that was registered months later, where its number stands', async () => {
    const [letter] = await database.sql<{ number: string }[]>`
      update "case" set received_at = ${'2026-03-04T09:00:00+08:00'}
      where number = (select max(number) from "case" where status <> 'ARCHIVED') returning number`
    const [first] = await listCases(db, ALL, { receivedFrom: from, receivedBefore }, 21, null)
    expect(first?.number).toBe(letter?.number)
  })
})

describe('what is kept beside the assignments', () => {
  const recounted = sql`
    select department, count(*)::int as open from assignment
    where status not in ('REPLY_ACCEPTED', 'RETURNED', 'CANCELLED') and (reply_required or signed_for_at is null)
    group by department order by department`
  const held = sql`
    select count(*)::int as wrong from (
      (select department, case_number, matter_type from held_case except
        select a.department, a.case_number, c.matter_type from assignment a join "case" c on c.number = a.case_number)
      union all
      (select a.department, a.case_number, c.matter_type from assignment a join "case" c on c.number = a.case_number except
        select department, case_number, matter_type from held_case)) differing`

  async function kept(): Promise<object[]> {
    const units = await db.execute<{ code: string }>(sql`select distinct department as code from assignment`)
    const counts = await countOpenAssignments(
      db,
      units.map(({ code }) => code),
    )
    return [...counts]
      .map(([department, open]) => ({ department, open }))
      .toSorted((one, other) => (one.department < other.department ? -1 : 1))
  }

  it('is right after the load, after single changes, and when changes were added up', async () => {
    expect(await kept()).toEqual(await db.execute(recounted))
    await db.execute(sql`
      update assignment set status = 'CANCELLED' where id = (select id from assignment where status = 'ISSUED' limit 1)`)
    await db.execute(sql`
      update assignment set status = 'REDO' where id in (select a.id from assignment a join "case" c on c.number = a.case_number
        where a.status = 'REPLY_ACCEPTED' and c.status <> 'ARCHIVED' limit 3)`)
    await db.execute(sql`
      update "case" set matter_type = 'PRAISE' where number in (select case_number from assignment a join "case" c
        on c.number = a.case_number where c.status = 'HANDLING' limit 2)`)
    expect(await db.$count(sql`unsettled_change`)).toBe(4)
    expect(await kept()).toEqual(await db.execute(recounted))
    expect(await db.execute(held)).toEqual([{ wrong: 0 }])
    await addUpUnsettled(db)
    expect(await db.$count(sql`unsettled_change`)).toBe(0)
    expect(await kept()).toEqual(await db.execute(recounted))
  })
})

function reads() {
  const room = { database } as Parameters<typeof makeReads>[0]
  return makeReads(room, () => Promise.resolve(ALL))
}
