import { assessUrgency } from '@hub/cases/domain/urgency.ts'
import { suggestDepartments } from '@hub/departments/domain/suggest.ts'
import { loadSample } from '@hub/departments/sample/load.ts'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/*
 * The figures that triage gave on cases that nothing was learned from: a change of the lexicon, of the known calls or
 * of the model that spoils them is seen here, not by a caller.
 */
interface BlindCase {
  readonly title: string
  readonly content: string
  readonly district: string | null
  readonly expectedDepartments: readonly string[]
  readonly urgency: string
}

const file = new URL('../../subgraphs/cases/sample/blind_cases.json', import.meta.url)
const cases = JSON.parse(readFileSync(file, 'utf8')) as BlindCase[]
const knowledge = loadSample()

const isDanger = ({ urgency }: BlindCase): boolean => urgency === 'CRITICAL'
function shareOf(some: readonly BlindCase[], isSo: (one: BlindCase) => boolean): number {
  return some.filter(isSo).length / some.length
}

describe('cases that nothing was learned from', () => {
  it('are all found where there is danger, and seldom taken for it where there is none (R56)', () => {
    const isFlagged = ({ title, content }: BlindCase): boolean =>
      assessUrgency(title, content).urgency === 'CRITICAL'
    expect(shareOf(cases.filter(isDanger), isFlagged)).toBe(1)
    expect(
      shareOf(
        cases.filter((one) => !isDanger(one)),
        isFlagged,
      ),
    ).toBeLessThanOrEqual(0.05)
  })

  it.each([
    ['with the known calls', knowledge, 0.8, 1],
    ['by the lexicon alone, less often', { ...knowledge, examples: [] }, 0.5, 0.8],
  ])('are routed to the unit that leads, %s (R35)', (_, known, least, most) => {
    const leads = ({ title, content, district, expectedDepartments: [lead] }: BlindCase): boolean =>
      suggestDepartments(known, { title, content, district }, 3)[0]?.department === lead
    const share = shareOf(cases, leads)
    expect(share).toBeGreaterThanOrEqual(least)
    expect(share).toBeLessThan(most)
  })

  it('have it among the first three (R35)', () => {
    const isAmong = ({ title, content, district, expectedDepartments: [lead] }: BlindCase): boolean =>
      suggestDepartments(knowledge, { title, content, district }, 3).some(
        ({ department }) => department === lead,
      )
    expect(shareOf(cases, isAmong)).toBeGreaterThanOrEqual(0.92)
  })
})
