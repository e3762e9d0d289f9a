import { tmpdir } from 'node:os'
import path from 'node:path'
import { openBenchRoom, type BenchRoom } from './cases-room.ts'
import { costOf, explain, sequentialScans, sizesOf } from './cases-plans.ts'
import { openWaits } from './cases-waits.ts'
import { measureWrites } from './cases-writes.ts'
import { questionsOf, type Question } from './cases-questions.ts'

/**
 * What lists and lookups cost through the graph of the cases room, on a small register and on a large one by turns, so
 * that whatever else the machine does weighs on both: `npm run bench cases FOLDER [small large] [--plans] [--pages] [--writes [N]] [--only NAME]`.
 * `--writes` lets one clerk write, then so many at once.
 * Each question is asked twice on end: the first time as the day brings it, with pages that may still lie on the disk; again
 * with all of them in memory. `--pages` counts the pages that PostgreSQL touches in place of time: no crowd changes them.
 * A register that is not in the folder yet is loaded into it.
 */
const [folder = path.join(tmpdir(), 'hub-bench'), ...rest] = process.argv.slice(2)
const writersAt = rest.indexOf('--writes') + 1
const writers = (writersAt > 0 && Number(rest[writersAt])) || 16
const numbers = rest.filter((each, place) => /^\d+$/.test(each) && place !== (writersAt || -1)).map(Number)
const [small = 100_000, large = 1_000_000] = numbers
const wanted = rest.includes('--only') ? (rest[rest.indexOf('--only') + 1] ?? '') : ''
const TIMES = 200
const WARM = 40
const BAR_MS = 20
const BAR_RATIO = 1.2

const rooms = [await openBenchRoom(folder, small), await openBenchRoom(folder, large)]
try {
  const asked = await Promise.all(rooms.map(questionsOf))
  const names = asked[0]?.map(({ name }) => name).filter((name) => name.includes(wanted)) ?? []
  const isPages = rest.includes('--pages')
  const unit = isPages ? 'pages, p50 / p99' : 'ms, p50 / p99, first and again'
  const sizes = [small, large].flatMap((size) => (isPages ? [`${size}`] : [`${size} first`, 'again']))
  console.log(`${unit.padEnd(32)}${sizes.map((each) => each.padStart(16)).join('')}   p50 large/small`)
  for (const name of names) {
    const pairs = rooms.flatMap((room, index) => {
      const question = asked[index]?.find((each) => each.name === name)
      return question ? [{ room, question }] : []
    })
    const lists = await (isPages ? countPages : measure)(pairs)
    const half = lists.length / 2
    const ratios = lists
      .slice(0, half)
      .map((list, index) => at(lists[index + half] ?? [], 0.5) / at(list, 0.5))
    const isSlow = !isPages && lists.slice(half).some((list) => at(list, 0.99) > BAR_MS)
    const isOver = isSlow || ratios.some((ratio) => ratio > BAR_RATIO)
    const columns = lists.map((list) =>
      `${at(list, 0.5).toFixed(1)} / ${at(list, 0.99).toFixed(1)}`.padStart(16),
    )
    const shown = ratios.map((ratio) => ratio.toFixed(2)).join(' ')
    console.log(`${name.padEnd(32)}${columns.join('')}   ${shown}${isOver ? '  over' : ''}`)
    if (rest.includes('--plans')) await printPlans(pairs.at(-1))
  }
  if (rest.includes('--writes'))
    for (const room of rooms)
      for (const clients of [1, writers]) console.log(`${room.cases}, ${await measureWrites(room, clients)}`)
  for (const room of rooms) console.log(`\n${room.cases} cases\n${await sizesOf(room.database)}`)
} finally {
  for (const room of rooms) await room.close()
}

interface Pair {
  readonly room: BenchRoom
  readonly question: Question
}

/**
 * The times of each pair in order, the first and then again, less the waits for a processor; the first rounds fill caches,
 * of each connection its own, and are not counted.
 */
async function measure(pairs: readonly Pair[]): Promise<number[][]> {
  const times: number[][] = pairs.flatMap(() => [[], []])
  const ask = async ({ room, question }: Pair, n: number): Promise<void> =>
    void (await room.ask(
      question.caller(n),
      question.source,
      question.variables(n),
      question.isOfSupervision,
    ))
  for (let n = 0; n < WARM; n++) for (const pair of pairs) await ask(pair, n)
  const waits = await Promise.all(pairs.map(({ room }) => openWaits(room.database)))
  for (let n = WARM; n < WARM + TIMES; n++)
    for (const [index, pair] of pairs.entries())
      for (const again of [0, 1]) {
        waits[index]?.read()
        const began = performance.now()
        await ask(pair, n)
        const ended = performance.now()
        times[2 * index + again]?.push(ended - began - (waits[index]?.read() ?? 0))
      }
  return times.map((list) => list.toSorted((one, other) => one - other))
}

/** The pages that the statements of each pair touch, in order. */
async function countPages(pairs: readonly Pair[]): Promise<number[][]> {
  const pages: number[][] = pairs.map(() => [])
  for (let n = 0; n < TIMES; n++)
    for (const [index, { room, question }] of pairs.entries()) {
      await room.ask(question.caller(n), question.source, question.variables(n), question.isOfSupervision)
      let sum = 0
      for (const statement of room.statements()) sum += (await costOf(statement.database, statement)).pages
      pages[index]?.push(sum)
    }
  return pages.map((list) => list.toSorted((one, other) => one - other))
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}

async function printPlans(pair: Pair | undefined): Promise<void> {
  if (!pair) return
  const { room, question } = pair
  await room.ask(question.caller(3), question.source, question.variables(3), question.isOfSupervision)
  for (const statement of room.statements()) {
    const plan = await explain(statement.database, statement)
    const scans = sequentialScans(plan)
    if (scans.length > 0) console.log(`   sequential: ${scans.join(', ')}`)
    console.log(plan.map((line) => `      ${line}`).join('\n'))
  }
}
