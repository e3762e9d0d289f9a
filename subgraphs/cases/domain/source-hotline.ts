import { refuse } from './errors.ts'

/** They stay lines of their own: what they are for is handed over to them, not taken over from them (R9). */
const EMERGENCY_LINES: ReadonlySet<string> = new Set(['110', '119', '120', '122'])
const LINE = /^1\d{2,5}$/

/** The number of the non-emergency line that a case came over from (R9), or null. */
export function sourceHotlineOf(given: string | null | undefined): string | null {
  const line = given?.trim() ?? ''
  if (line === '') return null
  if (EMERGENCY_LINES.has(line)) throw refuse('HOTLINE_IS_EMERGENCY', { hotline: line })
  if (!LINE.test(line)) throw refuse('HOTLINE_UNREADABLE', { hotline: line })
  return line
}
