import { tmpdir } from 'node:os'
import path from 'node:path'
import { openBenchRoom, type BenchRoom } from './cases-room.ts'
import { costOf, explain, sequentialScans, sizesOf } from './cases-plans.ts'
import { measureWrites } from './cases-writes.ts'
import { questionsOf, type Question } from './cases-questions.ts'

/**
 * What lists and lookups cost through the graph of the cases room, on a small register and on a large one by turns, so
 * that whatever else the machine does weighs on both: `npm run bench cases FOLDER [small large] [--plans] [--pages] [--writes] [--only NAME]`.
 * `--pages` counts the pages that PostgreSQL touches and its own time in place of ours: no crowd changes the pages. A register
 * that is not in the folder yet is loaded into it.
 */
const [folder = path.join(tmpdir(), 'hub-bench'), ...rest] = process.argv.slice(2)
const numbers = rest.filter((each) => /^\d+$/.test(each)).map(Number)
const [small = 100_000, large = 1_000_000] = numbers
const wanted = rest.includes('--only') ? (rest[rest.indexOf('--only') + 1] ?? '') : ''
const TIMES = 100
const WARM = 40
const BAR_MS = 20
const BAR_RATIO = 1.2

const rooms = [await openBenchRoom(folder, small), await openBenchRoom(folder, large)]
try {
  const asked = await Promise.all(rooms.map(questionsOf))
  const names = asked[0]?.map(({ name }) => name).filter((name) => name.includes(wanted)) ?? []
  console.log(
    `${(rest.includes('--pages') ? 'pages, p50 / p99' : 'ms, p50 / p99').padEnd(32)}${String(small).padStart(16)}${String(large).padStart(16)}   p50 large/small`,
  )
  for (const name of names) {
    const pairs = rooms.map((room, index) => ({
      room,
      question: asked[index]?.find((each) => each.name === name),
    }))
    const measured = rest.includes('--pages') ? countPages : measure
    const times = await measured(
      pairs.flatMap(({ room, question }) => (question ? [{ room, question }] : [])),
    )
    const [one = [], other = []] = times
    const ratio = at(other, 0.5) / at(one, 0.5)
    const isOver = (!rest.includes('--pages') && at(other, 0.99) > BAR_MS) || ratio > BAR_RATIO
    const columns = [one, other].map((list) =>
      `${at(list, 0.5).toFixed(1)} / ${at(list, 0.99).toFixed(1)}`.padStart(16),
    )
    console.log(`${name.padEnd(32)}${columns.join('')}   ${ratio.toFixed(2)}${isOver ? '  over' : ''}`)
    if (rest.includes('--plans')) await printPlans(pairs.at(-1)?.room, pairs.at(-1)?.question)
  }
  if (rest.includes('--writes'))
    for (const room of rooms) console.log(`${room.cases}: ${await measureWrites(room)}`)
  for (const room of rooms) console.log(`\n${room.cases} cases\n${await sizesOf(room.database)}`)
} finally {
  for (const room of rooms) await room.close()
}

interface Pair {
  readonly room: BenchRoom
  readonly question: Question
}

/** The times of each pair in order; the first rounds fill caches, of each connection its own, and are not counted. */
async function measure(pairs: readonly Pair[]): Promise<number[][]> {
  const times: number[][] = pairs.map(() => [])
  for (let n = -WARM; n < TIMES; n++)
    for (const [index, { room, question }] of pairs.entries()) {
      const { caller, source, variables } = question
      const round = n + WARM
      const began = performance.now()
      await room.ask(caller(round), source, variables(round))
      if (n >= 0) times[index]?.push(performance.now() - began)
    }
  return times.map((list) => list.toSorted((one, other) => one - other))
}

/** The pages that the statements of each pair touch, in order. */
async function countPages(pairs: readonly Pair[]): Promise<number[][]> {
  const pages: number[][] = pairs.map(() => [])
  for (let n = 0; n < TIMES; n++)
    for (const [index, { room, question }] of pairs.entries()) {
      await room.ask(question.caller(n), question.source, question.variables(n))
      let sum = 0
      for (const statement of room.statements()) sum += (await costOf(room.database, statement)).pages
      pages[index]?.push(sum)
    }
  return pages.map((list) => list.toSorted((one, other) => one - other))
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

async function printPlans(room: BenchRoom | undefined, question: Question | undefined): Promise<void> {
  if (!room || !question) return
  await room.ask(question.caller(3), question.source, question.variables(3))
  for (const statement of room.statements()) {
    const plan = await explain(room.database, statement)
    const scans = sequentialScans(plan)
    if (scans.length > 0) console.log(`   sequential: ${scans.join(', ')}`)
    console.log(plan.map((line) => `      ${line}`).join('\n'))
  }
}
