import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** A setting that cannot be used: one sentence that names it, its value and the mend. */
export class SettingError extends Error {}

/** Every setting may also come from a file: `NAME_FILE` holds the path. Keeps secrets out of process lists. */
function valueOf(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const file = env[`${name}_FILE`]
  if (env[name] || !file) return env[name] || undefined
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    throw new SettingError(`${name}_FILE: ${file} cannot be read; name a file that this user may read.`)
  }
}

const SECRET = /KEY|PASSWORD|TOKEN|SECRET/

/** Reads the settings of a process, or throws a SettingError with one sentence for the first that is wrong. */
export function readSettings<S extends z.ZodObject>(shape: S, env: NodeJS.ProcessEnv): z.output<S> {
  const given = Object.fromEntries(Object.keys(shape.shape).map((name) => [name, valueOf(name, env)]))
  const result = shape.safeParse(given)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const name = String(issue?.path[0])
  const value = given[name]
  if (value === undefined) throw new SettingError(`${name} is not set; it is needed: ${issue?.message}.`)
  throw new SettingError(`${name}: ${shown(name, value)} cannot be used: ${issue?.message}.`)
}

function shown(name: string, value: string): string {
  return SECRET.test(name) ? '(hidden)' : `"${value.replace(/:\/\/([^:@/]+):[^@/]+@/, '://$1:***@')}"`
}

/** A TCP port; 0 lets the system choose. */
export const port = z.coerce.number({ error: 'a port is a number from 0 to 65535' }).int().min(0).max(65_535)

/** A key of 32 bytes, base64url. */
export const key = z.string().regex(/^[\w-]{43}=?$/, 'a key is 32 bytes in base64url, 43 characters')

/** An address of a PostgreSQL server. */
export const databaseUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\/\S+$/, 'an address looks like postgres://user@host:5432/database')

export const address = z.string().regex(/^https?:\/\/\S+$/, 'an address looks like http://host:port')
