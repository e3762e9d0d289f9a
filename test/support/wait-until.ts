import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until something holds, looking every 50 ms; gives how long it took, or fails after `patience` ms. */
export async function waitUntil(holds: () => boolean | Promise<boolean>, patience = 15_000): Promise<number> {
  const began = performance.now()
  while (!(await holds())) {
    if (performance.now() - began > patience) throw new Error(`not within ${patience} ms`)
    await sleep(50)
  }
  return performance.now() - began
}
