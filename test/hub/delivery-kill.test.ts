import path from 'node:path'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proveDelivery, VICTIMS } from '../support/delivery-harness.ts'
import { dispatchTo } from '../support/delivery-work.ts'
import { FAULTLESS } from '../support/event-log.ts'
import { subscribe, until } from '../support/gateway-socket.ts'
import { startTestHub, type TestHub } from '../support/hub.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'hub-consumer-'))
let hub: TestHub

beforeAll(async () => {
  hub = await startTestHub({ sample: 'reference' })
}, 120_000)
afterAll(async () => {
  await hub.stop()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

describe('a client that is subscribed while the cases subgraph is killed with kill -9', () => {
  it('loses nothing and sees no error', async () => {
    const query = `subscription { assignmentEvents(department: "JN-XFJ") { kind assignment { case { number } } } }`
    const token = await hub.token('DEPARTMENT', { department: 'JN-XFJ' })
    const client = subscribe({ url: hub.url, stop: async () => {} }, query, { token })
    await client.take(1)
    const numbers: string[] = []
    for (const kill of [true, false, true]) {
      numbers.push(await dispatchTo(hub, 'JN-XFJ'))
      if (kill) hub.kill('cases')
    }
    numbers.push(await dispatchTo(hub, 'JN-XFJ'))
    const told = (): unknown[] =>
      client.results
        .map(({ data }) => (data as { assignmentEvents: Told }).assignmentEvents)
        .filter(({ kind }) => kind === 'ISSUED')
        .map(({ assignment }) => assignment?.case.number)
    await until(() => told().length >= numbers.length, 20_000)
    expect(told()).toEqual(numbers)
    expect(client.results.flatMap(({ errors }) => errors ?? [])).toEqual([])
    expect([client.errors, client.completed]).toEqual([[], false])
    client.leave()
  }, 90_000)
})

interface Told {
  readonly kind: string
  readonly assignment: { readonly case: { readonly number: string } } | null
}

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
      kills: Array.from({ length: 4 }, () => 'consumer'),
      betweenKillsMs: 700,
      broken: true,
    })
    expect(report.lost).toBeGreaterThan(0)
  }, 120_000)
})
