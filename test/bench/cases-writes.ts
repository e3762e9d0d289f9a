import { dispatchCase } from '@hub/cases/commands/case-commands.ts'
import { registerCase } from '@hub/cases/commands/register-case.ts'
import type { Caller } from '@hub/kit/caller.ts'
import { callerAs, type BenchRoom } from './cases-room.ts'

const CLIENTS = 16
const SECONDS = 5

/** Registrations and dispatches by clients at once, through the commands, and how many statements each takes. */
export async function measureWrites(bench: BenchRoom): Promise<string> {
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
  const registered = await count(register)
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
  const dispatched = await count(dispatch)
  const each = (sent: number, done: number): string => `${(sent / done).toFixed(1)} statements each`
  return [
    `registrations ${registered.rate}/s, ${each(between - before, registered.done)}`,
    `dispatches ${dispatched.rate}/s, ${each(bench.statements().length - between, dispatched.done)}`,
  ].join('\n')
}

function clerk(role: string, client: number): Caller {
  return { ...callerAs(role), subject: `bench:${role.toLowerCase()}-${client}` }
}

/** How often all clients together did something in the time given, or until there was nothing left to do. */
async function count(work: (client: number) => Promise<boolean>) {
  const began = performance.now()
  const until = began + SECONDS * 1000
  let done = 0
  const clients = Array.from({ length: CLIENTS }, async (_, client) => {
    while (performance.now() < until && (await work(client))) done += 1
  })
  await Promise.all(clients)
  return { done, rate: Math.round((done / (performance.now() - began)) * 1000) }
}
