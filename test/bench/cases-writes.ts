import { dispatchCase } from '@hub/cases/commands/case-commands.ts'
import { registerCase } from '@hub/cases/commands/register-case.ts'
import type { Caller } from '@hub/kit/caller.ts'
import { callerAs, type BenchRoom } from './cases-room.ts'

const SECONDS = 5

/**
 * Registrations and dispatches by so many clients at once, through the commands: how many, how long each, how many statements
 * each. A command that fails, be it over a deadlock, fails the measurement; so does a number given twice or left out.
 */
export async function measureWrites(bench: BenchRoom, clients: number): Promise<string> {
  const numbers: string[] = []
  const before = bench.statements().length
  const register = async (client: number): Promise<boolean> => {
    const input = {
      title: '路灯不亮',
      content: '测量:路灯坏了半个月,晚上一片漆黑',
      channel: 'PHONE',
      matterType: 'HELP',
    } as const
    const state = await registerCase(bench.room, clerk('OPERATOR', client), {
      ...input,
      callerType: 'NATURAL_PERSON',
      callerPhone: '19900000001',
    })
    numbers.push(state.case.number)
    return true
  }
  const registered = await count(clients, register)
  const between = bench.statements().length
  const waiting = numbers.values()
  const dispatch = async (client: number): Promise<boolean> => {
    const { value: number } = waiting.next()
    if (number === undefined) return false
    await dispatchCase(bench.room, clerk('OFFICE', client), {
      number,
      departments: ['JN-CGJ'],
      mode: 'WRITTEN',
    })
    return true
  }
  const dispatched = await count(clients, dispatch)
  requireGapless(numbers)
  const each = (sent: number, { done, rate, p50, p99 }: Counted): string =>
    `${rate}/s, ms ${p50.toFixed(1)} / ${p99.toFixed(1)}, ${(sent / done).toFixed(1)} statements each`
  return [
    `${clients} at once: registrations ${each(between - before, registered)}`,
    `${clients} at once: dispatches ${each(bench.statements().length - between, dispatched)}`,
  ].join('\n')
}

/** Of each day every number is given once, and none between two of them is left out. */
function requireGapless(numbers: readonly string[]): void {
  for (const [day, ofDay] of Map.groupBy(numbers, (number) => number.slice(0, -6))) {
    const serials = ofDay.map((number) => Number(number.slice(-6))).toSorted((one, other) => one - other)
    const wrong = serials.find((serial, index) => index > 0 && serial !== (serials[index - 1] ?? 0) + 1)
    if (wrong !== undefined)
      throw new Error(`${day}: before or at ${wrong} a number is missing or was given twice`)
  }
}

function clerk(role: string, client: number): Caller {
  return { ...callerAs(role), subject: `bench:${role.toLowerCase()}-${client}` }
}

interface Counted {
  readonly done: number
  readonly rate: number
  readonly p50: number
  readonly p99: number
}

/** How often all clients together did something in the time given, or until there was nothing left to do. */
async function count(clients: number, work: (client: number) => Promise<boolean>): Promise<Counted> {
  const began = performance.now()
  const until = began + SECONDS * 1000
  const times: number[] = []
  const all = Array.from({ length: clients }, async (_, client) => {
    for (let now = performance.now(); now < until && (await work(client)); now = performance.now())
      times.push(performance.now() - now)
  })
  await Promise.all(all)
  const rate = Math.round((times.length / (performance.now() - began)) * 1000)
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
  return { done: sorted.length, rate, p50: at(0.5), p99: at(0.99) }
}
