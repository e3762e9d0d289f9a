import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

it('hub demo plays one call from ring to closing, and every step answers as the charter says (R29, R59, R66, R68)', () => {
  const { DATABASE_URL: _none, ...env } = process.env
  const demo = spawnSync(process.execPath, ['cli/hub.ts', 'demo'], {
    env,
    encoding: 'utf8',
    timeout: 110_000,
  })
  expect(demo.stdout).not.toContain('✗')
  expect(demo.stdout.match(/✓/g)?.length).toBeGreaterThanOrEqual(30)
  expect(demo.status).toBe(0)
}, 120_000)
