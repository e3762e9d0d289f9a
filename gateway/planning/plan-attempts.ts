import { refuse } from '../errors.ts'
import type { Step } from './plan-steps.ts'

/** What is found: the steps that bring it, or null where no way leads to it. */
export type Found = readonly Step[] | null

/** More ways than this are not tried for one operation. */
const MOST_TRIES = 20_000

/** Ways that are tried one after the other; what led nowhere leaves nothing behind. */
export class Attempts {
  private readonly undo: (() => void)[] = []
  private tries = 0

  try<Value>(find: () => Value | null): Value | null {
    if (++this.tries > MOST_TRIES) throw refuse('OPERATION_UNSUPPORTED')
    const mark = this.undo.length
    const found = find()
    if (!found) while (this.undo.length > mark) this.undo.pop()?.()
    return found
  }

  /** What takes a change back. */
  onUndo(undo: () => void): void {
    this.undo.push(undo)
  }
}

/** All of it, or nothing. */
export function allOf<Item>(items: Iterable<Item>, find: (item: Item) => Found): Found {
  const all: Step[] = []
  for (const item of items) {
    const found = find(item)
    if (!found) return null
    all.push(...found)
  }
  return all
}
