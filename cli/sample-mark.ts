import { migrate } from '@hub/migrations/migrate.ts'
import postgres from 'postgres'

const MARK = 'the sample data are loaded'
/** The sample's own users; whoever else has registered a case works with real ones. */
const SAMPLE_USERS = 'sample:%'

/** Whether the sample is to be loaded now. What a broken load left behind is cleared away first. */
export async function beginLoad(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const [mark] = await sql`select obj_description('cases'::regnamespace, 'pg_namespace') as text`
    if (mark?.['text'] === MARK) return false
    const [found] = await sql`
      select count(*)::int as cases, count(*) filter (where registered_by not like ${SAMPLE_USERS})::int as others
      from cases."case"`
    if (Number(found?.['others']) > 0) return false
    if (Number(found?.['cases']) === 0) return true
    await sql`drop schema cases, supervision cascade`
  } finally {
    await sql.end()
  }
  await migrate(url)
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
