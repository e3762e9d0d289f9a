import path from 'node:path'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proveDelivery, VICTIMS } from '../support/delivery-harness.ts'
import { FAULTLESS } from '../support/event-log.ts'
import { startTestHub, type TestHub } from '../support/hub.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'hub-consumer-'))
let hub: TestHub

beforeAll(async () => {
  hub = await startTestHub()
}, 120_000)
afterAll(async () => {
  await hub.stop()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

describe('assignments dispatched while every part of the hub is killed with kill -9', () => {
  it('have one effect each at the department, in order: none lost, none twice', async () => {
    const report = await proveDelivery({
      hub,
      file: path.join(folder, 'whole.sqlite'),
      cases: 40,
      writers: 4,
      kills: VICTIMS,
      betweenKillsMs: 1000,
    })
    expect(report).toMatchObject({ ...FAULTLESS, kills: VICTIMS.length })
    expect(report.assignments).toBeGreaterThanOrEqual(200)
  }, 180_000)

  it('are seen to be lost by a consumer that keeps its cursor before its effect', async () => {
    const report = await proveDelivery({
      hub,
      file: path.join(folder, 'broken.sqlite'),
      cases: 20,
      writers: 4,
      kills: Array.from({ length: 6 }, () => 'consumer'),
      betweenKillsMs: 700,
      broken: true,
    })
    expect(report.lost).toBeGreaterThan(0)
  }, 120_000)
})
