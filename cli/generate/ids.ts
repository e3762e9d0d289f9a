import type { Dice } from './dice.ts'

/** UUIDs of version 7 that grow with every one made, as kit/id.ts makes them, but of an invented time. */
export function idMaker(dice: Dice): () => string {
  let made = 0
  const hex = (length: number): string =>
    Math.floor(dice.next() * 16 ** length)
      .toString(16)
      .padStart(length, '0')
  return () => {
    made += 1
    const count = made.toString(16).padStart(12, '0')
    return `${count.slice(0, 8)}-${count.slice(8)}-7${hex(3)}-8${hex(3)}-${hex(8)}${hex(4)}`
  }
}
