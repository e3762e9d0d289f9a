import { assessUrgency } from '@hub/cases/domain/urgency.ts'
import { suggestDepartments, type RoutingKnowledge } from '@hub/departments/domain/suggest.ts'
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
function shareOf<One>(some: readonly One[], isSo: (one: One) => boolean): number {
  return some.filter(isSo).length / some.length
}

/** Where the unit that leads stands among three suggested ones, from 0; -1: nowhere. */
function placesOf(known: RoutingKnowledge): number[] {
  return cases.map(({ title, content, district, expectedDepartments: [lead] }) =>
    suggestDepartments(known, { title, content, district }, 3).findIndex(
      ({ department }) => department === lead,
    ),
  )
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

  it('are routed to the unit that leads, and have it among the first three (R35)', () => {
    const places = placesOf(knowledge)
    expect(shareOf(places, (place) => place === 0)).toBeGreaterThanOrEqual(0.8)
    expect(shareOf(places, (place) => place >= 0)).toBeGreaterThanOrEqual(0.92)
  })

  it('are routed by the lexicon alone, less often (R35)', () => {
    const share = shareOf(placesOf({ ...knowledge, examples: [] }), (place) => place === 0)
    expect(share).toBeGreaterThanOrEqual(0.5)
    expect(share).toBeLessThan(0.8)
  })
})
