import { setTimeout as sleep } from 'node:timers/promises'
import { StartFailed } from '../failure.ts'

const PATIENCE_MS = 60_000
const EVERY_MS = 100

/** Waits until an address answers 200; gives up when `hopeless` says why, or after a minute with the last answer. */
export async function waitForReady(
  url: URL,
  signal: AbortSignal,
  hopeless: () => string | null,
): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  let answer = 'no answer'
  while (Date.now() < deadline) {
    signal.throwIfAborted()
    const verdict = hopeless()
    if (verdict !== null) throw new StartFailed(verdict)
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5_000) })
      const body = await response.text()
      if (response.ok) return
      answer = `${response.status} ${body.slice(0, 500)}`
    } catch (error) {
      answer = error instanceof Error ? error.message : String(error)
    }
    await sleep(EVERY_MS)
  }
  throw new StartFailed(`${url.href} was not ready after ${PATIENCE_MS / 1000} s; the last answer: ${answer}`)
}
