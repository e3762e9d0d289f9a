import type { Question } from './question.ts'

/** Where words that matched stand in a passage: UTF-16 units. */
export interface Mark {
  readonly start: number
  readonly length: number
}

/** Marks the words of the question, and what its sayings stand for, where they stand in the passage as written. */
export function marksOf(question: Question, passage: string, level: (character: string) => string): Mark[] {
  const { text, starts } = levelled(passage, level)
  const words = [
    ...question.words,
    ...question.pairs,
    ...question.synonyms,
    ...question.sayings.flatMap(({ terms }) => terms),
    ...question.subjects.flatMap(({ covers }) => covers),
  ].filter((word) => word.length > 0)
  const found = [...new Set(words)].flatMap((word) =>
    placesOf(text, word).map((at) => ({
      start: starts[at] ?? 0,
      end: starts[at + word.length] ?? passage.length,
    })),
  )
  found.sort((one, other) => one.start - other.start || one.end - other.end)
  const merged: { start: number; end: number }[] = []
  for (const { start, end } of found) {
    const last = merged.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else merged.push({ start, end })
  }
  return merged.map(({ start, end }) => ({ start, length: end - start }))
}

/** The passage as the question is levelled, and where each unit of that begins in the passage. */
function levelled(passage: string, level: (character: string) => string): { text: string; starts: number[] } {
  const starts: number[] = []
  let text = ''
  let at = 0
  for (const character of passage) {
    const plain = level(character) || '\n'
    for (let unit = 0; unit < plain.length; unit += 1) starts.push(at)
    text += plain
    at += character.length
  }
  return { text, starts: [...starts, at] }
}

function placesOf(text: string, word: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) places.push(at)
  return places
}
