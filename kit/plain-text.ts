/** Zero-width characters, marks of writing direction, soft hyphens: they part words without being seen. */
const UNSEEN = /\p{Cf}|\p{Cc}/gu
const BREAKS = /[\t\r\n\u2028\u2029]+/g

/**
 * Text as it is compared: full-width forms narrowed, lower case, characters that cannot be seen taken out,
 * every run of white space one space.
 */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(BREAKS, ' ')
    .replace(UNSEEN, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}
