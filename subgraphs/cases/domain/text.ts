import { refuse } from './errors.ts'

const LIMIT = 20_000
const TITLE_LENGTH = 30

/** Controls, bidirectional overrides and invisible spaces: they forge log lines and hide words from a search. */
const UNSEEN = /[\p{Cc}\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]/gu
const READABLE = /[\p{L}\p{N}\p{P}\p{S}]/u

/** Text as it is kept: every word, emoji and script of it, without what cannot be seen. Line breaks and tabs stay. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(UNSEEN, (character) => (character === '\n' || character === '\t' ? character : ''))
    .trim()
}

/** Whether nobody could read anything in it. */
export function isBlank(text: string | null | undefined): boolean {
  return !text || !READABLE.test(cleanText(text))
}

/** The cleaned text, refused when blank or too long; the sentence names the field. */
export function requireText(field: string, text: string | null | undefined, limit = LIMIT): string {
  if (!text || isBlank(text)) throw refuse('TEXT_BLANK', { field })
  return withinLimit(field, cleanText(text), limit)
}

/** The cleaned text, or null when it is blank. */
export function optionalText(field: string, text: string | null | undefined, limit = LIMIT): string | null {
  return !text || isBlank(text) ? null : withinLimit(field, cleanText(text), limit)
}

function withinLimit(field: string, text: string, limit: number): string {
  const { length } = text
  if (length > limit) throw refuse('TEXT_TOO_LONG', { field, length, limit })
  return text
}

/** A title for a case that came without one: the first clause of the content, cut between characters. */
export function titleFrom(content: string): string {
  const clause = content.split(/[\n。!?!?;;]/u).find((part) => !isBlank(part)) ?? content
  const characters = [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(clause.trim())]
  const title = characters.slice(0, TITLE_LENGTH).map(({ segment }) => segment)
  return characters.length > TITLE_LENGTH ? `${title.join('')}…` : title.join('')
}
