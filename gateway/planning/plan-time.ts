import { createContext, Script } from 'node:vm'

/**
 * A planner may follow the ways between fetches that wait for each other one by one: they double with each that waits for
 * two. What it has not found out after that time is planned otherwise; until then everybody else waits.
 */
const LONGEST_MS = 1_000

const context = createContext({})
const script = new Script('work()')

/** Does a work that does not wait for anything, and throws where it takes too long. */
export function inTime<Value>(work: () => Value, timeout = LONGEST_MS): Value {
  context['work'] = work
  try {
    return script.runInContext(context, { timeout }) as Value
  } finally {
    // It holds on to a whole supergraph.
    delete context['work']
  }
}

/** Whether that is what was thrown. */
export function wasCutOff(error: unknown): boolean {
  return Object(error)['code'] === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
}
