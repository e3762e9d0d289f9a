import { setTimeout as sleep } from 'node:timers/promises'
import { StartFailed } from '../failure.ts'

const PATIENCE_MS = 60_000
const EVERY_MS = 100
const TOLD_EVERY_MS = 10_000

interface Waiting {
  readonly signal: AbortSignal
  /** Why it will never be ready, or null. */
  readonly hopeless: () => string | null
  readonly say: (line: string) => void
  readonly patienceMs?: number
  readonly toldEveryMs?: number
}

/**
 * Waits until an address answers 200, and says now and then what it waits for. Gives up when `hopeless` says why, or
 * when for a minute nothing has moved: a room that has much to follow counts down, however long.
 */
export async function waitForReady(
  url: URL,
  { signal, hopeless, say, patienceMs = PATIENCE_MS, toldEveryMs = TOLD_EVERY_MS }: Waiting,
): Promise<void> {
  let [answer, movedAt, toldAt] = ['no answer', Date.now(), Date.now()]
  while (Date.now() - movedAt < patienceMs) {
    signal.throwIfAborted()
    const verdict = hopeless()
    if (verdict !== null) throw new StartFailed(verdict)
    const next = await askedOnce(url)
    if (next === null) return
    if (next !== answer) [answer, movedAt] = [next, Date.now()]
    if (Date.now() - toldAt >= toldEveryMs) {
      say(`  等待 · waiting: ${answer}`)
      toldAt = Date.now()
    }
    await sleep(EVERY_MS)
  }
  throw new StartFailed(
    `${url.href} was not ready, and nothing moved for ${patienceMs / 1000} s; the last answer: ${answer}`,
  )
}

/** Null when the address answers 200, else what it says. */
async function askedOnce(url: URL): Promise<string | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) })
    const body = await response.text()
    return response.ok ? null : reasonsIn(body)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function reasonsIn(body: string): string {
  try {
    const { reasons }: { reasons?: readonly string[] } = JSON.parse(body)
    if (reasons) return reasons.join('; ')
  } catch {
    // Something else than the gateway listens there.
  }
  return body.slice(0, 500)
}
