/** A text as patterns read it, and where each character of that stands in the text itself. */
export interface Folded {
  readonly text: string
  /** For every unit of `text`, where its character begins in the source; one more entry for the end. */
  readonly starts: readonly number[]
}

const UNSEEN = /^[\p{Cf}\p{Cc}\p{Mn}]$/u

/** Full-width, circled and styled letters and digits become plain ones; what cannot be seen is passed over. */
export function fold(source: string): Folded {
  const starts: number[] = []
  let text = ''
  let at = 0
  for (const character of source) {
    const plain = plainOf(character)
    for (let unit = 0; unit < plain.length; unit += 1) starts.push(at)
    text += plain
    at += character.length
  }
  starts.push(at)
  return { text, starts }
}

function plainOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x7f) return code < 0x20 ? ' ' : character
  if (UNSEEN.test(character)) return ''
  const plain = character.normalize('NFKC')
  // Ligatures and dotted numbers would change what stands beside them: only one-for-one foldings are taken.
  return plain.length <= 1 ? plain : /^\d+$/.test(plain) ? plain : character
}
