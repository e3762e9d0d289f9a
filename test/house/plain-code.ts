const BEFORE_PATTERN = /(^|[=(,:;[!&|?{}+\n]|=>|\breturn)\s*$/

/**
 * TypeScript with its comments, texts and patterns blanked out, line by line as before: what is left are the words of
 * the language, and `'` at both ends of what was a text. Code inside `${…}` of a template stays.
 */
export function plainCode(text: string): string {
  let out = ''
  let at = 0
  const blank = (end: number): void => {
    out += text.slice(at, end).replace(/[^\n]/g, ' ')
    at = end
  }
  const blankText = (end: number): void => {
    out += `'${text.slice(at + 1, end - 1).replace(/[^\n]/g, ' ')}'`
    at = end
  }
  const open: number[] = []
  let depth = 0
  while (at < text.length) {
    const two = text.slice(at, at + 2)
    const char = text[at] ?? ''
    if (two === '//') blank(endOf(text, at, '\n', false))
    else if (two === '/*') blank(endOf(text, at, '*/', true))
    else if (char === "'" || char === '"') blankText(endOfQuoted(text, at, char))
    else if (char === '`' || (char === '}' && open.at(-1) === depth)) {
      if (char === '}') open.pop()
      const end = endOfTemplate(text, at)
      if (text.slice(end - 2, end) === '${') open.push(depth)
      blankText(end)
    } else if (char === '/' && BEFORE_PATTERN.test(out.slice(-40))) blankText(endOfPattern(text, at))
    else {
      if (char === '{') depth += 1
      if (char === '}') depth -= 1
      out += char
      at += 1
    }
  }
  return out
}

function endOf(text: string, from: number, mark: string, including: boolean): number {
  const found = text.indexOf(mark, from)
  return found === -1 ? text.length : found + (including ? mark.length : 0)
}

function endOfQuoted(text: string, from: number, quote: string): number {
  let at = from + 1
  while (at < text.length && text[at] !== quote) at += text[at] === '\\' ? 2 : 1
  return at + 1
}

/** The end of the template, or of its part before `${`. */
function endOfTemplate(text: string, from: number): number {
  let at = from + 1
  while (at < text.length) {
    if (text[at] === '`') return at + 1
    if (text.startsWith('${', at)) return at + 2
    at += text[at] === '\\' ? 2 : 1
  }
  return at
}

function endOfPattern(text: string, from: number): number {
  let inClass = false
  let at = from + 1
  while (at < text.length && (inClass || text[at] !== '/')) {
    if (text[at] === '[') inClass = true
    if (text[at] === ']') inClass = false
    at += text[at] === '\\' ? 2 : 1
  }
  return at + 1
}
