/** Where an article has a word: 0 in its title or keywords, 1 only in its body. */
export type Place = 0 | 1

/** Articles are kept in blocks, so that two bytes hold an entry. */
const BITS_OF_BLOCK = 16
const IN_BLOCK = (1 << BITS_OF_BLOCK) - 1

export function blockOf(no: number): number {
  return no >> BITS_OF_BLOCK
}

/** The highest number that a block may hold. */
export function lastNumberOf(block: number): number {
  return (block << BITS_OF_BLOCK) | IN_BLOCK
}

/** An entry as four hexadecimal digits: which article of its block. */
export function entryOf(no: number): string {
  return (no & IN_BLOCK).toString(16).padStart(4, '0')
}

/** Calls for each entry of a block with the number of the article. */
export function eachEntry(block: number, entries: Uint8Array, visit: (no: number) => void): void {
  const base = block << BITS_OF_BLOCK
  for (let at = 0; at + 1 < entries.length; at += 2)
    visit(base | ((entries[at] ?? 0) << 8) | (entries[at + 1] ?? 0))
}
