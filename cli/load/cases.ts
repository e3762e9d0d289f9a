import { openCipher } from '@hub/kit/crypt.ts'
import { dayOf, plusDays, type Day } from '@hub/kit/day.ts'
import postgres from 'postgres'
import { UsageError } from '../failure.ts'
import type { Article } from '../generate/plan.ts'
import { generateCases } from '../generate/generate.ts'
import { bareTables } from './bulk.ts'
import { loadReference } from '../sample/load-sample.ts'
import { CaseTables, FILLED_TABLES, WAITING_EVENTS } from './tables.ts'
import { beginLoad, finishLoad, isLoadDue } from '../sample/mark.ts'
import type { DepartmentRef } from '@hub/cases/domain/departments.ts'

export interface CasesLoad {
  readonly databaseUrl: string
  readonly dataKey: string
  readonly cases: number
  readonly since: Day
  /** Cases of so many last days stand in the streams that other rooms and departments follow. */
  readonly streamDays: number
  readonly now: Date
  readonly onProgress: (line: string) => void
}

export interface CasesLoaded {
  readonly cases: number
  readonly rows: Readonly<Record<string, number>>
  /** Generating and writing; then indexes and statistics. */
  readonly seconds: { readonly write: number; readonly index: number; readonly all: number }
  readonly casesPerSecond: number
}

const BATCH = 1_000
const LOCK = 12_345_001

/**
 * Fills an empty register with invented cases, each led through the rules of the cases room and written by COPY. What
 * a load that was broken off left behind is cleared away first; a register with anybody's own cases is refused.
 */
export async function loadCases(load: CasesLoad): Promise<CasesLoaded> {
  const { databaseUrl, onProgress } = load
  const sql = openBulk(databaseUrl)
  // The lock goes with the connection that took it.
  const alone = postgres(databaseUrl, { max: 1, idle_timeout: 0, max_lifetime: null })
  try {
    await requireAlone(alone)
    await requireDue(databaseUrl)
    onProgress(`载入虚构工单 ${load.cases} 件 · loading ${load.cases} invented cases`)
    await beginLoad(databaseUrl)
    await loadReference({ databaseUrl, env: { HUB_DATA_KEY: load.dataKey }, onProgress })
    const loaded = await fill(sql, load)
    await finishLoad(databaseUrl)
    return loaded
  } finally {
    // A COPY that is under way when something fails would never end by itself.
    await Promise.all([sql.end({ timeout: 1 }), alone.end({ timeout: 1 })])
  }
}

function openBulk(databaseUrl: string): postgres.Sql {
  return postgres(databaseUrl, {
    max: 24,
    connection: {
      search_path: 'cases,public',
      TimeZone: 'Asia/Shanghai',
      // A load that is broken off is begun anew: no commit need wait for the disk.
      synchronous_commit: 'off',
      maintenance_work_mem: '512MB',
    },
    onnotice: () => {},
  })
}

/** One load at a time, and none under a running hub. */
async function requireAlone(sql: postgres.Sql): Promise<void> {
  const [lock] = await sql<{ free: boolean }[]>`select pg_try_advisory_lock(${LOCK}) as free`
  if (lock?.free !== true)
    throw new UsageError('另一次载入正在进行 · another load is under way: wait until it has ended')
  const [rooms] = await sql<{ count: number }[]>`
    select count(*)::int as count from pg_stat_activity where datname = current_database() and application_name like 'hub-%'`
  if (rooms && rooms.count > 0)
    throw new UsageError('枢纽正在运行 · a hub is running on this database: stop it before loading')
}

async function requireDue(databaseUrl: string): Promise<void> {
  if (await isLoadDue(databaseUrl)) return
  throw new UsageError(
    '库中已有数据 · this database holds the sample, or cases of your own: --cases fills an empty one only; set HUB_DATA to a new folder, or DATABASE_URL to a new database',
  )
}

async function fill(sql: postgres.Sql, load: CasesLoad): Promise<CasesLoaded> {
  const began = performance.now()
  const seconds = (): number => (performance.now() - began) / 1000
  const units = await sql<DepartmentRef[]>`
    select code, name, parent, accepts_dispatch as "acceptsDispatch" from department_ref order by code`
  const articles = await sql<Article[]>`
    select id, max(version) as version from article_ref where status = 'PUBLISHED' group by id order by id`
  const bared = await bareTables(sql, [...FILLED_TABLES, 'held_case'])
  await sql.unsafe(`create unlogged table ${WAITING_EVENTS}
    (place bigint generated always as identity, stream text, event_id uuid, kind text, at timestamptz, data jsonb)`)
  const rows = await write(sql, load, units, articles, seconds)
  await appendStreams(sql)
  await sql`insert into daily_serial select registered_at::date, count(*) from "case" group by 1 order by 1`
  // What triggers keep of each assignment, which a bulk load does without.
  await sql`
    insert into held_case select distinct a.department, a.case_number, c.matter_type
    from assignment a join "case" c on c.number = a.case_number order by 1, 2`
  await sql`
    insert into unsettled select department, count(*) from assignment
    where is_unsettled(status, reply_required, signed_for_at) group by 1`
  const write_ = seconds()
  await bared.restore((line) => load.onProgress(`  ${seconds().toFixed(0)} s  ${line}`))
  await sql`vacuum (analyze) event, held_case, unsettled, daily_serial`
  const all = seconds()
  const casesPerSecond = Math.round(load.cases / all)
  return {
    cases: load.cases,
    rows,
    seconds: rounded({ write: write_, index: all - write_, all }),
    casesPerSecond,
  }
}

async function write(
  sql: postgres.Sql,
  { cases, since, now, streamDays, dataKey, onProgress }: CasesLoad,
  units: readonly DepartmentRef[],
  articles: readonly Article[],
  seconds: () => number,
): Promise<Record<string, number>> {
  const tables = new CaseTables(sql)
  const streamsFrom = plusDays(dayOf(now), -streamDays)
  let written = 0
  for (const made of generateCases({ cases, since, now, units, articles, cipher: openCipher(dataKey) })) {
    await tables.add(made, dayOf(made.state.case.registeredAt) > streamsFrom)
    written += 1
    if (written % BATCH === 0) await tables.flush()
    if (written % Math.ceil(cases / 20) === 0)
      onProgress(`  ${written} · ${seconds().toFixed(0)} s · ${Math.round(written / seconds())}/s`)
  }
  return tables.end()
}

/** Numbers the events of each stream by time, gapless, as if they had been appended one by one. */
async function appendStreams(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`
    insert into event (stream, seq, event_id, kind, at, data)
    select stream, row_number() over (partition by stream order by at, place), event_id, kind, at, data
    from ${WAITING_EVENTS}`)
  // The stream of policies is there from the first.
  await sql`
    insert into stream (stream, last_seq) select stream, max(seq) from event group by stream on conflict do nothing`
  await sql.unsafe(`drop table ${WAITING_EVENTS}`)
}

function rounded<Times extends Record<string, number>>(times: Times): Times {
  return Object.fromEntries(
    Object.entries(times).map(([name, time]) => [name, Math.round(time * 10) / 10]),
  ) as Times
}
