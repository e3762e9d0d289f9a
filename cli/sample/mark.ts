import { migrate } from '@hub/migrations/migrate.ts'
import postgres from 'postgres'

const MARK = 'the sample data are loaded'
/** A bulk load takes indexes away: what it left behind is no database to go on with. */
const BEGUN = 'the sample data are being loaded'
/** The sample's own users; whoever else has registered a case works with real ones. */
const SAMPLE_USERS = 'sample:%'

/** Whether a database still wants the sample: it was not loaded to its end, and nobody has registered a case of their own. */
export async function isLoadDue(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await isDue(sql)
  } finally {
    await sql.end()
  }
}

async function isDue(sql: postgres.Sql): Promise<boolean> {
  const [found] = await sql<{ mark: string | null; others: boolean }[]>`
    select obj_description('cases'::regnamespace, 'pg_namespace') as mark,
           exists (select from cases."case" where registered_by not like ${SAMPLE_USERS}) as others`
  return found?.mark !== MARK && found?.others !== true
}

/** Whether the sample is to be loaded now. What a broken load left behind is cleared away first. */
export async function beginLoad(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    if (!(await isDue(sql))) return false
    const [begun] = await sql`
      select from cases."case" union all
      select where obj_description('cases'::regnamespace, 'pg_namespace') = ${BEGUN} limit 1`
    if (begun) {
      await sql`drop schema cases, supervision cascade`
      await migrate(url)
    }
    await sql.unsafe(`comment on schema cases is '${BEGUN}'`)
  } finally {
    await sql.end()
  }
  return true
}

/** Marks the sample as loaded: the next start leaves the data as they are. */
export async function finishLoad(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(`comment on schema cases is '${MARK}'`)
  } finally {
    await sql.end()
  }
}
