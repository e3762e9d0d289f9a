import { fold } from './fold.ts'
import { personalPatterns, publicPatterns, type Pattern } from './personal-patterns.ts'

/**
 * Hides what identifies a person in free text: every ID number, phone, bank card, account, mail address and dwelling,
 * however it is written and however often. What a handling unit needs to find the place stays.
 */
export function redact(text: string, known: readonly string[] = []): string {
  return masked(text, [...literal(known), ...personalPatterns])
}

/** The same for the public: vehicle plates and names that callers give of themselves go as well. */
export function redactForPublic(text: string, known: readonly string[] = []): string {
  return masked(text, [...literal(known), ...personalPatterns, ...publicPatterns])
}

function masked(source: string, patterns: readonly Pattern[]): string {
  return patterns.reduce(maskedBy, source)
}

/** Matches are sought in the folded text and cut out of the text itself, so that the rest stays as it was written. */
function maskedBy(source: string, { find, mask, unless }: Pattern): string {
  const { text, starts } = fold(source)
  let result = ''
  let from = 0
  for (const match of text.matchAll(find)) {
    if (unless?.(match[0])) continue
    const start = starts[match.index] ?? 0
    const end = starts[match.index + match[0].length] ?? source.length
    result += source.slice(from, start) + mask
    from = end
  }
  return result + source.slice(from)
}

/** What is known of the caller is hidden wherever it appears. */
function literal(known: readonly string[]): readonly Pattern[] {
  return known
    .map((value) => fold(value.trim()).text)
    .filter(({ length }) => length > 1)
    .map((value) => ({ find: new RegExp(RegExp.escape(value), 'gu'), mask: '[来电人]' }))
}
