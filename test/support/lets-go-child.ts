import { Bag } from '@hub/kit/bag.ts'
import { Passing } from '@hub/kit/passing.ts'

// Run with --expose-gc: how many megabytes are held on to when much lay in a container for a moment, and nothing was old but
// the container itself. Only what is young is collected meanwhile, as in a process that has memory to spare.

/** What lies in it for a moment, with something that can be weighed. */
interface Thing {
  readonly number: number
  readonly weight: readonly number[]
}

const THINGS = 8_000
const AT_A_TIME = 16
const WEIGHT = 128
/** More often than what is young is collected twice, so that a table of the container becomes old. */
const COLLECT_EVERY = 500

const puts: Readonly<Record<string, () => (thing: Thing) => () => void>> = {
  Bag() {
    const bag = new Bag<Thing>()
    return (thing) => {
      const place = bag.add(thing)
      return () => bag.remove(place)
    }
  },
  Passing() {
    const passing = new Passing<number, Thing>()
    return (thing) => {
      passing.set(thing.number, thing)
      return () => passing.delete(thing.number)
    }
  },
  Set() {
    const set = new Set<Thing>()
    return (thing) => {
      set.add(thing)
      return () => set.delete(thing)
    }
  },
}

const collectYoung = () => globalThis.gc?.({ type: 'minor' })

function heldBy(put: (thing: Thing) => () => void): number {
  const there: (() => void)[] = []
  const pass = (number: number): void => {
    there.push(put({ number, weight: Array.from({ length: WEIGHT }, () => number) }))
    if (there.length > AT_A_TIME) there.shift()?.()
  }
  for (let number = 0; number < AT_A_TIME; number++) pass(number)
  for (let time = 0; time < 3; time++) collectYoung()
  const before = process.memoryUsage().heapUsed
  for (let number = AT_A_TIME; number < THINGS; number++) {
    pass(number)
    if (number % COLLECT_EVERY === 0) collectYoung()
  }
  collectYoung()
  return (process.memoryUsage().heapUsed - before) / 2 ** 20
}

const put = puts[process.argv[2] ?? '']
if (put) process.stdout.write(String(heldBy(put())))
