import { PROJECT } from '@hub/cli/data-folder.ts'
import { spawn } from 'node:child_process'
import path from 'node:path'

export interface Outcome {
  code: number | null
  out: string
  err: string
}

/** Runs one `hub` command to its end. */
export async function runHub(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  ids: { uid?: number; gid?: number } = {},
): Promise<Outcome> {
  const child = spawn(process.execPath, [path.join(PROJECT, 'cli', 'hub.ts'), ...args], {
    env,
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...ids,
    // A hub that starts where it was to be refused must not outlive its test.
    timeout: 40_000,
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => (out += String(chunk)))
  child.stderr.on('data', (chunk) => (err += String(chunk)))
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  child.once('close', (code) => resolve({ code, out, err }))
  return await promise
}
