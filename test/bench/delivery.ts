// The proof at full size: 10,000 assignments dispatched through the gateway while the gateway, each subgraph, the
// database and the consumer are killed 50 times with kill -9. node test/bench/delivery.ts [assignments] [kills] [--broken]
// Exit 1 when anything was lost, doubled, missing or out of order; with --broken, when nothing was.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { proveDelivery, VICTIMS } from '../support/delivery-harness.ts'
import { UNITS } from '../support/delivery-work.ts'
import { startTestHub } from '../support/hub.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { broken: { type: 'boolean' } },
})
const [assignments = 10_000, kills = 50] = positionals.map(Number)
const broken = values.broken === true
const folder = mkdtempSync(path.join(tmpdir(), 'hub-delivery-'))
const began = performance.now()
const hub = await startTestHub()
try {
  const report = await proveDelivery({
    hub,
    file: path.join(folder, 'consumer.sqlite'),
    cases: Math.ceil(assignments / UNITS.length),
    writers: 8,
    kills: Array.from({ length: kills }, (_, index) =>
      broken ? 'consumer' : (VICTIMS[index % VICTIMS.length] ?? 'consumer'),
    ),
    betweenKillsMs: 1500,
    broken,
    onProgress: (sentence) => process.stderr.write(`${sentence}\n`),
  })
  const faults = report.lost + report.twice + report.disordered + report.gaps
  process.stdout.write(
    `${JSON.stringify({ ...report, tookS: Math.round((performance.now() - began) / 1000) })}\n`,
  )
  process.exitCode = broken === faults > 0 ? 0 : 1
} finally {
  await hub.stop()
  rmSync(folder, { recursive: true, force: true })
}
