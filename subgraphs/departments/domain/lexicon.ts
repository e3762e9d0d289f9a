/** `service` is paperwork and policy, `trouble` something that has gone wrong. */
export type MatterKind = 'service' | 'trouble'

/** `names` say what the matter is, `hints` speak for it, `against` says it is another one. */
export const TERM_ROLES = ['names', 'hints', 'against'] as const
export type TermRole = (typeof TERM_ROLES)[number]

/** Stands for the government of the district where it happened. */
export const DISTRICT = '@district'

/** A unit that handles a matter, or may take it too, and the clause of its catalogue that says so. */
export interface MatterDepartment {
  readonly department: string
  readonly clause: string | null
  readonly handles: boolean
}

/** Something people call about, who answers for it (lead first), and the words it is told in. */
export interface Matter {
  readonly code: string
  readonly name: string
  readonly kind: MatterKind
  readonly departments: readonly MatterDepartment[]
  readonly terms: Readonly<Record<TermRole, readonly string[]>>
}

/** A call whose units are known, lead first. */
export interface Example {
  readonly emergency: boolean
  readonly departments: readonly string[]
  readonly told: string
}

/** A street, town or landmark and where it lies. */
export interface Place {
  readonly name: string
  readonly district: string
}

/** How far apart the parts of a term may stand. */
const REACH = 60

/** The words of a term in the text, or null: `a|b` is either, `a+b` is both within reach of each other. */
export function matchTerm(text: string, term: string): string | null {
  const parts = partsOf(term)
  const found: string[] = []
  let anchor = -1
  for (const part of parts) {
    const word = part.find((each) => near(text, each, anchor))
    if (word === undefined) return null
    if (anchor < 0) anchor = text.indexOf(word)
    found.push(word)
  }
  return found.join('、')
}

/** Terms cut at + and |, once: thousands of them are tried on every text. */
const cut = new Map<string, readonly (readonly string[])[]>()

function partsOf(term: string): readonly (readonly string[])[] {
  const known = cut.get(term)
  if (known) return known
  const parts = term.split('+').map((part) => part.split('|'))
  cut.set(term, parts)
  return parts
}

/** A Latin word stands by itself: `ev` is not in `every`. */
const LATIN = /^[a-z0-9]+$/

function near(text: string, word: string, anchor: number): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if ((anchor < 0 || Math.abs(at - anchor) <= REACH) && isWhole(text, word, at)) return true
  return false
}

function isWhole(text: string, word: string, at: number): boolean {
  if (!LATIN.test(word)) return true
  const around = (text[at - 1] ?? ' ') + (text[at + word.length] ?? ' ')
  return !/[a-z]/.test(around)
}
