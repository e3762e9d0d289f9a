import { address, databaseUrl, key, port, readSettings, SettingError } from '@hub/kit/env.ts'
import { LEVELS } from '@hub/kit/log.ts'
import { z } from 'zod'

/** Every HUB_* name that some program of the hub reads; a test holds this list against the code. */
export const HUB_NAMES = ['HUB_CALLER_KEY', 'HUB_CLOCK', 'HUB_DATA', 'HUB_DATA_KEY'] as const

const shape = z.object({
  PORT: port.default(4000),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: databaseUrl.optional(),
  HUB_CLOCK: z.string().optional(),
  HUB_CALLER_KEY: key.optional(),
  HUB_DATA_KEY: key.optional(),
  JWKS_FILE: z.string().optional(),
  JWKS_URL: address.optional(),
  LOG_LEVEL: z.enum(LEVELS, { error: `it is one of ${LEVELS.join(', ')}` }).default('info'),
})

export type LaunchSettings = z.output<typeof shape>

/** The launcher's settings; a HUB_* name that nothing reads is a mistake, most often a slip of the finger. */
export function launchSettings(env: NodeJS.ProcessEnv): LaunchSettings {
  for (const name of Object.keys(env)) refuseUnknown(name)
  return readSettings(shape, env)
}

function refuseUnknown(name: string): void {
  if (!name.startsWith('HUB_')) return
  const bare = name.replace(/_FILE$/, '')
  if (HUB_NAMES.some((known) => known === bare)) return
  const near = HUB_NAMES.find((known) => distance(known, bare) <= 2)
  const mend = near ? `did you mean ${near}?` : `the settings are ${HUB_NAMES.join(', ')}.`
  throw new SettingError(`${name} is not a setting of the hub; ${mend}`)
}

/** How many letters must be changed, added or left out to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
