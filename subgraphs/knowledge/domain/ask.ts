import type { LexiconEntry } from './lexicon.ts'

const SENTENCE = /[。!?!?;;\n\u2026]+/u
const CLAUSE = /[,,、:\s]+/u
const ASKS =
  /[吗么呢]|怎|咋|如何|能不能|可不可以|可以|能否|是否|要不要|该不该|算不算|有没有|是不是|需要|多少|多久|多大|多长|哪|啥|什么|谁|(?<!好)几[点号天岁年月个块]|归.管|想问|请问|打听/u
const WANTS = /想(?:要|让|给|请|把|办|申请|问)|我想|希望|要求|请求|请(?!问)|建议|帮|盼/u
/** A text up to this long is one question as a whole. */
const SHORT = 32
/** Clauses of a long sentence that belong to its question. */
const CLAUSES = 3

/**
 * The part of a text that asks: a caller tells much besides, and what has to be covered is the request. The whole of a
 * short text; the last sentence of a story that asks, or else wants something; null when nothing does.
 */
export function askIn(raw: string): string | null {
  if (raw.length <= SHORT) return raw
  const sentences = raw.split(SENTENCE).filter((sentence) => sentence.trim() !== '')
  const found =
    sentences.findLast((sentence) => ASKS.test(sentence)) ??
    sentences.findLast((sentence) => WANTS.test(sentence))
  if (found === undefined) return null
  if (found.length <= SHORT) return found
  const clauses = found.split(CLAUSE)
  const last = clauses.findLastIndex((clause) => ASKS.test(clause) || WANTS.test(clause))
  return clauses.slice(Math.max(0, last + 1 - CLAUSES), last + 1).join(' ')
}

/** A way to ask, and the words of which an article has to have one to answer it; none: no article answers it. */
export interface AskKind {
  readonly phrase: string
  readonly terms: readonly string[]
}

const ANY_FEW = '[^ ]{0,8}?'

/** Finds what kinds of answers a text asks for: a price, a day, a phone number, a recommendation. */
export class AskFinder {
  private readonly kinds: readonly (AskKind & { readonly pattern: RegExp })[]

  constructor(entries: readonly LexiconEntry[]) {
    this.kinds = entries.map(({ phrase, terms }) => ({
      phrase,
      terms: terms.filter((term) => term !== '-'),
      pattern: new RegExp(phrase.split('…').map(escape).join(ANY_FEW), 'u'),
    }))
  }

  find(text: string): AskKind[] {
    return this.kinds.filter(({ pattern }) => pattern.test(text))
  }
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}
