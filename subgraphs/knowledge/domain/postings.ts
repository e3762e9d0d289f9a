/** Where in an article a word stands. */
export const IN_TITLE = 1
export const IN_KEYWORDS = 2
export const IN_BODY = 4

/** Whether the title or the keywords have a word, or only the body. */
export type Place = 0 | 1

export function placeOf(marks: number): Place {
  return (marks & (IN_TITLE | IN_KEYWORDS)) > 0 ? 0 : 1
}

/** Articles are kept in blocks, so that a new one rewrites little and two bytes hold an entry. */
const BITS_OF_BLOCK = 13
const IN_BLOCK = (1 << BITS_OF_BLOCK) - 1
const BITS_OF_MARKS = 3
const MARKS = (1 << BITS_OF_MARKS) - 1

export function blockOf(no: number): number {
  return no >> BITS_OF_BLOCK
}

/** The highest number that a block may hold. */
export function lastNumberOf(block: number): number {
  return (block << BITS_OF_BLOCK) | IN_BLOCK
}

/** An entry as four hexadecimal digits: which article of its block, and where in it. */
export function entryOf(no: number, marks: number): string {
  return (((no & IN_BLOCK) << BITS_OF_MARKS) | marks).toString(16).padStart(4, '0')
}

/** Calls for each entry of a block with the number of the article and where the word stands. */
export function eachEntry(
  block: number,
  entries: Uint8Array,
  visit: (no: number, marks: number) => void,
): void {
  const base = block << BITS_OF_BLOCK
  for (let at = 0; at + 1 < entries.length; at += 2) {
    const entry = ((entries[at] ?? 0) << 8) | (entries[at + 1] ?? 0)
    visit(base | (entry >> BITS_OF_MARKS), entry & MARKS)
  }
}
