/** A timer of Node counts no further than 24 days: longer waits are taken in steps. */
const LONGEST_STEP_MS = 86_400_000

/** Calls `act` at an instant (milliseconds since 1970), once, unless it is called off before. */
export function atInstant(instant: number, act: () => void): { callOff(): void } {
  let timer: NodeJS.Timeout
  const step = (): void => {
    const left = instant - Date.now()
    timer = left <= 0 ? setTimeout(act, 0) : setTimeout(step, Math.min(left, LONGEST_STEP_MS))
    timer.unref()
  }
  step()
  return { callOff: () => clearTimeout(timer) }
}
