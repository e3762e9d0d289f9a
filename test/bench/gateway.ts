import { execFileSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { OPERATIONS, startMemoisedSubgraphs } from './gateway-deep.ts'
import { Load, hashOf, megabytesOf, quantile, type Round } from './gateway-load.ts'
import { contestants, type Contestant } from './gateway-peers.ts'

// Ours, stock Apollo Gateway and Hive Gateway side by side over the same memoised subgraphs: one gateway process on one
// core, the load and the subgraphs on another. All are up together and take turns, so that what else the machine does
// weighs on each alike. What is compared is the processor time of the gateway for one answer; requests per second are what
// one core would do at that price. `p99` is of as many answers as each can give, so of unequal loads; `even` of an equal
// one, four fifths of what the slowest can do, asked for at its time whatever the answers do. `requests` says how often the
// subgraphs were asked for one answer: less than without load means that equal requests in flight were answered once.
// Memory is the most that was seen at the end of a round, and what is held when the others have had their turns. The floor
// is a program written by hand for the deep query.
//   npm run bench gateway [rounds] [operation]

/** Answers in one round, a second's work and more for the fastest; a gateway that is slow ends its round earlier. */
const ANSWERS: Readonly<Record<string, number>> = { deep: 800, small: 8_000, page: 2_400, mutation: 4_000 }
const ROUND_SECONDS = 3
/** How much of what the slowest can do is asked of each. */
const EVEN_PART = 0.8
/** So many rounds first, until what is run often has been compiled. */
const WARM_UP = 2

await compare(Number(process.argv[2] ?? 4), process.argv[3])

async function compare(rounds: number, only: string | undefined): Promise<void> {
  const load = loadavg()[0] ?? 0
  if (load > 1)
    process.stdout.write(`The machine is noisy (load ${load.toFixed(1)}): trust ratios, not rates.\n`)
  execFileSync('taskset', ['-acp', '1', String(process.pid)], { stdio: 'ignore' })
  const subgraphs = await startMemoisedSubgraphs()
  const gateways: Contestant[] = []
  for (const start of contestants(subgraphs.supergraph)) gateways.push(await start())
  for (const [name, query] of Object.entries(OPERATIONS)) {
    if (only !== undefined && only !== name) continue
    const taking = gateways.filter(({ operations }) => operations?.includes(name) ?? true)
    await compareOne(name, query, taking, rounds, subgraphs.asked)
  }
  for (const gateway of gateways) gateway.stop()
  subgraphs.stop()
}

interface Turn {
  readonly gateway: Contestant
  readonly load: Load
  readonly text: string
  readonly rounds: Round[]
  readonly even: number[]
  asked: number
}

async function compareOne(
  name: string,
  query: string,
  gateways: readonly Contestant[],
  rounds: number,
  asked: () => number,
): Promise<void> {
  const answers = ANSWERS[name] ?? 1_000
  const turns: Turn[] = []
  for (const gateway of gateways) {
    const load = new Load(gateway.url, gateway.pid, query)
    turns.push({ gateway, load, text: await load.send(), rounds: [], even: [], asked: 0 })
    await load.round(WARM_UP * answers, 2 * ROUND_SECONDS)
  }
  for (let round = 0; round < rounds; round++) {
    for (const turn of turns) {
      // Who rested while others had their turns comes back to speed first.
      await turn.load.round(answers / 2, 1)
      const before = asked()
      turn.rounds.push(await turn.load.round(answers, ROUND_SECONDS))
      turn.asked += asked() - before
    }
  }
  const rates = turns.map((turn) => rateOf(turn.rounds))
  const even = EVEN_PART * Math.min(...rates)
  for (let round = 0; round < rounds; round++)
    for (const turn of turns) turn.even.push(...(await turn.load.steady(even, ROUND_SECONDS)))
  process.stdout.write(`${name.padEnd(8)} even: ${even.toFixed(0)}/s of each\n`)
  const [first] = turns
  for (const turn of turns) {
    process.stdout.write(`${name.padEnd(8)} ${line(turn, first ?? turn)}\n`)
    await turn.load.close()
  }
}

/** Answers a second, while so many were under way as there are connections. */
function rateOf(rounds: readonly Round[]): number {
  return quantile(
    rounds.map(({ answers, seconds }) => answers / seconds),
    0.5,
  )
}

function line({ gateway, rounds, even, text, asked }: Turn, ours: Turn): string {
  const micros = quantile(
    rounds.map((round) => round.micros),
    0.5,
  )
  const ratios = rounds.map((round, at) => round.micros / (ours.rounds[at]?.micros ?? NaN))
  const latencies = rounds.flatMap((round) => round.latencies)
  const busy = Math.max(...rounds.map((round) => round.megabytes))
  return [
    gateway.label.padEnd(18),
    `${(text.length / 1024).toFixed(1).padStart(5)} KB`,
    `${micros.toFixed(0).padStart(6)} µs`,
    `${(1e6 / micros).toFixed(0).padStart(5)}/s a core`,
    `${(asked / latencies.length).toFixed(1).padStart(4)} requests`,
    `p50 ${quantile(latencies, 0.5).toFixed(1).padStart(5)} ms`,
    `p99 ${quantile(latencies, 0.99).toFixed(1).padStart(6)} ms`,
    `even p50 ${quantile(even, 0.5).toFixed(1).padStart(5)} p99 ${quantile(even, 0.99).toFixed(1).padStart(6)} ms`,
    `${busy.toFixed(0).padStart(4)} MB, at rest ${megabytesOf(gateway.pid).toFixed(0).padStart(4)}`,
    `${quantile(ratios, 0.5).toFixed(2).padStart(5)} x ours`,
    hashOf(text) === hashOf(ours.text) ? '' : 'ANSWERS DIFFER',
  ].join('  ')
}
