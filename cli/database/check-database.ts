import { SettingError } from '@hub/kit/env.ts'
import postgres from 'postgres'

const OLDEST = 15
const NEWEST = 18
const PATIENCE_S = 5

interface Server {
  version: number
  name: string
  encoding: string
}

/** Connects once to DATABASE_URL, or says in one sentence why that server cannot be used. */
export async function checkDatabase(url: string): Promise<void> {
  const sql = connect(url)
  try {
    const [row] = await sql<Server[]>`
      select current_setting('server_version_num')::int / 10000 as version, current_setting('server_version') as name,
             current_setting('server_encoding') as encoding`
    const problem = row ? problemOfServer(row) : null
    if (problem !== null) throw refuse(url, problem)
  } catch (error) {
    throw error instanceof SettingError ? error : refuse(url, problemOf(error, url))
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** Why a server that answers cannot be used; null when it can. */
export function problemOfServer({ version, name, encoding }: Server): string | null {
  if (version < OLDEST || version > NEWEST) {
    return `is PostgreSQL ${name}; name a server of version ${OLDEST} to ${NEWEST}`
  }
  return encoding === 'UTF8' ? null : `has the encoding ${encoding}; name a database with UTF8`
}

function connect(url: string): postgres.Sql {
  try {
    return postgres(url, { max: 1, connect_timeout: PATIENCE_S, onnotice: () => {} })
  } catch {
    throw refuse(url, 'is not an address; it looks like postgres://user:password@host:5432/database')
  }
}

function problemOf(error: unknown, url: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : String(error)
  const { username, pathname, host } = new URL(url)
  const database = decodeURIComponent(pathname.slice(1)) || username
  if (code === '28P01') return `is refused: the password of the user ${username} is wrong; correct it`
  if (code === '28000') return `is refused: ${message}; name a user that may log in from here`
  if (code === '3D000') return `names a database that does not exist; make it: createdb ${database}`
  if (code === '53300') return 'has no free connection; raise max_connections or close other programs'
  if (
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|CONNECT_TIMEOUT|EHOSTUNREACH|ENETUNREACH|ECONNRESET|CONNECTION_CLOSED/.test(
      code,
    )
  ) {
    return `cannot be reached (${code}); start the server at ${host}, or correct host and port`
  }
  return `cannot be used: ${message}`
}

function refuse(url: string, problem: string): SettingError {
  return new SettingError(`DATABASE_URL: "${masked(url)}" ${problem}.`)
}

function masked(url: string): string {
  return url.replace(/:\/\/([^:@/]*):[^@/]*@/, '://$1:***@').replace(/([?&]password=)[^&]*/, '$1***')
}
