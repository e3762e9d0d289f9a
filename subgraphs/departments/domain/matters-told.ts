import { matchTerm, type Matter, type TermRole } from './lexicon.ts'

/** A matter the text tells of: how strongly, and in which words. */
export interface MatterTold {
  readonly matter: Matter
  readonly score: number
  readonly words: readonly string[]
}

const WEIGHT: Readonly<Record<TermRole, number>> = { names: 2, hints: 0.7, against: -2.2 }
const IN_TITLE = 1.35
/** A term written with this before it settles the matter by itself: `!在青岛`. */
const DECIDES = '!'
const DECISIVE = 4
/** What hints are worth when nothing names the matter. */
const HINTED = 0.6
/** What the second, third … word of the same kind still adds. */
const FADING = 0.6

/** The matters a text tells of, strongest first. `title` and `text` are plain text; `text` holds the title too. */
export function mattersTold(title: string, text: string, matters: readonly Matter[]): MatterTold[] {
  return matters
    .map((matter) => tell(matter, title, text))
    .filter((told) => told.score > 0)
    .toSorted((a, b) => b.score - a.score)
}

function tell(matter: Matter, title: string, text: string): MatterTold {
  const names = found(matter, 'names', title, text)
  const hints = found(matter, 'hints', title, text)
  const against = found(matter, 'against', title, text)
  const words = [...names.words, ...hints.words].slice(0, 5)
  const named = names.words.length > 0 ? 1 : HINTED
  return { matter, score: named * (names.score + hints.score) + against.score, words }
}

function found(
  matter: Matter,
  role: TermRole,
  title: string,
  text: string,
): { score: number; words: string[] } {
  const matched = matter.terms[role]
    .flatMap((term) => {
      const decides = term.startsWith(DECIDES)
      const words = matchTerm(text, decides ? term.slice(1) : term)
      return words === null ? [] : [{ words, weight: weigh(words, title) * (decides ? DECISIVE : 1) }]
    })
    .toSorted((a, b) => b.weight - a.weight)
  const counted: string[] = []
  let score = 0
  for (const { words, weight } of matched) {
    if (counted.some((already) => words.split('、').every((word) => already.includes(word)))) continue
    score += WEIGHT[role] * weight * FADING ** counted.length
    counted.push(words)
  }
  return { score, words: counted }
}

/** Longer words say more; words of the title are what the caller meant to say. */
function weigh(words: string, title: string): number {
  const parts = words.split('、')
  const letters = parts.reduce((sum, part) => sum + part.length, 0)
  const inTitle = parts.some((part) => title.includes(part)) ? IN_TITLE : 1
  return (1 + 0.15 * (Math.min(letters, 8) - 2)) * inTitle
}
