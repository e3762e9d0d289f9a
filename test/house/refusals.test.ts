import { catalogues } from '@hub/schema/catalogues.ts'
import { errorList } from '@hub/schema/error-list.ts'
import { describe, expect, it } from 'vitest'
import { projectFiles, read, type ProjectFile } from './tree.ts'

const holesOf = (sentence: string): string[] =>
  [...new Set([...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].toSorted()
/** A word that is said in Chinese and in English comes as two values, `status` and `statusZh`. */
const sameHoles = (sentence: string): string[] => holesOf(sentence.replace(/Zh\}/g, '}'))
const known = new Map(catalogues.flatMap(({ catalogue }) => Object.entries(catalogue)))

interface Call {
  readonly path: string
  readonly code: string
  /** Names of the values, or null when they are not written out at the call. */
  readonly values: readonly string[] | null
}

const CALL = /\brefuse\(\s*'([A-Z_]+)'\s*(,?\s*\)|,\s*(?:\{([^{}]*)\}\s*,?\s*\)|))/g

/** Every `refuse('CODE', { … })`; values that are computed elsewhere are not looked at. */
const callsIn = (files: readonly ProjectFile[]): Call[] =>
  files.flatMap(({ path, text }) =>
    [...text.matchAll(CALL)].map(([, code = '', end, written]) => ({
      path,
      code,
      values:
        end?.endsWith(')') && written === undefined
          ? []
          : written === undefined || written.includes('...')
            ? null
            : namesIn(written),
    })),
  )

const namesIn = (written: string): string[] => {
  let depth = 0
  const flat = [...written].filter((char) => {
    if ('([`'.includes(char)) depth += 1
    if (')]`'.includes(char)) depth -= 1
    return depth <= 0
  })
  return flat
    .join('')
    .split(',')
    .map((part) => (/^\s*(\w+)\s*(:|$)/.exec(part) ?? [])[1])
    .filter((name) => name !== undefined)
    .toSorted()
}

const faultsIn = (calls: readonly Call[]): string[] =>
  calls.flatMap(({ path, code, values }) => {
    const said = known.get(code)
    if (!said) return [`${path}: ${code} is in no catalogue`]
    const missing =
      values === null ? [] : holesOf(said.en + said['zh-CN']).filter((hole) => !values.includes(hole))
    return missing.map((hole) => `${path}: ${code} is refused without {${hole}}`)
  })

const code = projectFiles(/^(gateway|kit|subgraphs)\/.*\.ts$/)

describe('the published list', () => {
  it('equals the code', () => {
    expect(read('schema/ERRORS.md')).toBe(errorList(catalogues))
  })
})

describe.each(catalogues.flatMap(({ catalogue }) => Object.entries(catalogue)))('%s', (name, said) => {
  it('is a subject and its problem, said in Chinese and English with the same values', () => {
    expect(name).toMatch(/^([A-Z]+(_[A-Z]+)+|UNAUTHENTICATED|FORBIDDEN|INTERNAL|OVERLOADED)$/)
    expect(said['zh-CN']).toMatch(/[一-鿿:]/)
    expect(said.en).not.toMatch(/[一-鿿]/)
    expect(sameHoles(said['zh-CN'])).toEqual(holesOf(said.en))
    expect(said.meaning).toMatch(/\S.*\.$/)
  })
})

describe('a refusal in the code', () => {
  it('is in a catalogue and fills every hole of its sentence', () => {
    expect(callsIn(code).length).toBeGreaterThan(20)
    expect(faultsIn(callsIn(code))).toEqual([])
  })

  it('means the same wherever its code is used', () => {
    const meanings = new Map<string, Set<string>>()
    for (const { catalogue } of catalogues)
      for (const [name, { en }] of Object.entries(catalogue))
        meanings.set(name, (meanings.get(name) ?? new Set()).add(en))
    expect([...meanings].filter(([, sentences]) => sentences.size > 1).map(([name]) => name)).toEqual([])
  })

  const faultsOf = (text: string): string[] => faultsIn(callsIn([{ path: 'a.ts', text }]))

  it.each([
    ["throw refuse('CASE_FLOWN', { number })", 'a.ts: CASE_FLOWN is in no catalogue'],
    ["throw refuse('BAD_INPUT', { field: 'first' })", 'a.ts: BAD_INPUT is refused without {problem}'],
    ["throw refuse('BAD_INPUT', {\n  field: f(a, { b }),\n})", undefined],
    [
      "throw refuse('BAD_INPUT', { field: f(problem), other: `problem` })",
      'a.ts: BAD_INPUT is refused without {problem}',
    ],
    ["throw refuse(\n  'INTERNAL',\n)", 'a.ts: INTERNAL is refused without {reference}'],
    ["throw refuse('BAD_INPUT', { field, problem: `1–${MAX}` })", undefined],
    ["throw refuse('BAD_INPUT', values)", undefined],
  ])('would be caught: %j', (text, fault) => {
    expect(faultsOf(text)).toEqual(fault === undefined ? [] : [fault])
  })
})
