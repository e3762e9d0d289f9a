import { execFileSync } from 'node:child_process'
import { availableParallelism, loadavg } from 'node:os'
import { measureCommit } from './subscriptions-commit.ts'
import { measureHops } from './subscriptions-hops.ts'
import { measureReloads } from './subscriptions-reloads.ts'
import { measureSockets } from './subscriptions-sockets.ts'
import { measureStalls } from './subscriptions-stalls.ts'

// What subscriptions cost at scale: one gateway process on one core, subgraphs and clients in processes of their own on
// another. Each part is also run by its name:
//   npm run bench subscriptions [sockets | hops | stalls | reloads | commit] [how many]

const PARTS: Readonly<Record<string, (size: number | undefined) => Promise<void>>> = {
  sockets: (count = 10_000) => measureSockets(count),
  hops: (seconds = 10) => measureHops(seconds),
  stalls: (events = 60_000) => measureStalls(events),
  reloads: (count = 10_000) => measureReloads(count),
  commit: (events = 500) => measureCommit(events),
}

/** What has not ended by then hangs: it says so, and gives up the processor. */
const WITHIN_MS = 290_000

const [part, size] = process.argv.slice(2)
if (part !== undefined && !Object.hasOwn(PARTS, part)) {
  console.error(`No part is called ${part}: ${Object.keys(PARTS).join(', ')}.`)
  process.exit(1)
}
const load = loadavg()[0] ?? 0
if (load > 1)
  process.stdout.write(
    `The machine is noisy (load ${load.toFixed(1)}): trust ratios and memory, not times.\n`,
  )
for (const [name, measure] of Object.entries(PARTS)) {
  if (part !== undefined && part !== name) continue
  // The hub of `commit` has many processes, and as many cores as there are.
  const cores = name === 'commit' ? `0-${availableParallelism() - 1}` : '1'
  execFileSync('taskset', ['-cp', cores, String(process.pid)], { stdio: 'ignore' })
  const impatience = setTimeout(() => {
    console.error(`${name} has not ended within ${WITHIN_MS / 1_000} s.`)
    process.exit(1)
  }, WITHIN_MS)
  await measure(size === undefined ? undefined : Number(size))
  clearTimeout(impatience)
}
process.exit(0)
