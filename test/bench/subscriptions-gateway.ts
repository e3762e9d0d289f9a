import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { contestants, type Contestant } from './gateway-peers.ts'

/** As it comes. */
export const OURS = 'ours, dedup.'

/** Our gateway on a core of its own, over this supergraph. */
export async function startOurs(supergraph: string): Promise<Contestant> {
  const [start] = contestants(supergraph, (label) => label === OURS)
  if (!start) throw new Error('there is no gateway of ours')
  return start()
}

/** What of the memory is resident. */
export function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
}

/** The same after the gateway has collected its garbage. */
export async function tidied(pid: number): Promise<number> {
  for (let time = 0; time < 2; time++) {
    process.kill(pid, 'SIGUSR2')
    await pause(1_500)
  }
  return memoryOf(pid)
}

/** Microseconds of processor time that a process has used. */
export function spentBy(pid: number): number {
  const [user = 0, system = 0] =
    readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ').slice(11, 13).map(Number) ?? []
  return (user + system) * 10_000
}

/** What is live in the heap, by the gateway's own measurements. */
export async function heapOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^process_heap_bytes (\d+)/m.exec(text)?.[1])
}
