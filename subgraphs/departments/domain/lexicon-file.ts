import { refuse } from './errors.ts'
import type { Example, Matter, MatterDepartment, MatterKind, Place } from './lexicon.ts'

/** Reads `matters.tsv`: one matter a line, eight columns, `#` begins a remark. */
export function readMatters(file: string, text: string): Matter[] {
  return lines(text).map(([line, number]) => {
    const columns = line.split('\t')
    const [code, name, kind, handles, also, names, hints, against] = columns
    if (columns.length !== 8 || !code || !name) throw wrong(file, number, 'eight columns are needed')
    if (!isKind(kind)) throw wrong(file, number, `kind "${kind ?? ''}" is neither service nor trouble`)
    const departments = [...units(handles, true), ...units(also, false)]
    if (departments.length === 0) throw wrong(file, number, 'no department')
    const terms = { names: words(names), hints: words(hints), against: words(against) }
    return { code, name, kind, departments, terms }
  })
}

/** Reads `places.tsv`: district, then its streets, towns and landmarks. */
export function readPlaces(file: string, text: string): Place[] {
  return lines(text).flatMap(([line, number]) => {
    const [district, names] = line.split('\t')
    if (!district || !names) throw wrong(file, number, 'two columns are needed')
    return words(names).map((name) => ({ name, district }))
  })
}

/** Reads `examples.tsv`: what it is, the units with the lead first, and what a caller said. */
export function readExamples(file: string, text: string): Example[] {
  return lines(text).map(([line, number]) => {
    const [kind, departments, told] = line.split('\t')
    if (!departments || !told) throw wrong(file, number, 'three columns are needed')
    if (kind !== 'emergency' && kind !== 'ordinary')
      throw wrong(file, number, `kind "${kind ?? ''}" is neither emergency nor ordinary`)
    return { emergency: kind === 'emergency', departments: departments.split(' ').filter(Boolean), told }
  })
}

function lines(text: string): [string, number][] {
  return text
    .split(/\r?\n/)
    .map((line, index): [string, number] => [line, index + 1])
    .filter(([line]) => line.trim() !== '' && !line.startsWith('#'))
}

function wrong(file: string, line: number, problem: string) {
  return refuse('LEXICON_LINE_WRONG', { file, line, problem })
}

function isKind(kind: string | undefined): kind is MatterKind {
  return kind === 'service' || kind === 'trouble'
}

function units(cell: string | undefined, handles: boolean): MatterDepartment[] {
  return (cell ?? '')
    .split(' ')
    .filter(Boolean)
    .map((unit) => {
      const [department = '', clause] = unit.split('=')
      return { department, clause: clause ?? null, handles }
    })
}

function words(cell: string | undefined): string[] {
  return [...new Set((cell ?? '').toLowerCase().split(' ').filter(Boolean))]
}
