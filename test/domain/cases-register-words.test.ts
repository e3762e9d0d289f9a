import type { RegisterShape } from '@hub/cases/store/register-shape.ts'
import { stretchBack, type Stretch } from '@hub/cases/store/register-words.ts'
import { describe, expect, it } from 'vitest'

/** A register of so many cases on each of these days, newest first. */
const shapeOf = (days: readonly string[], cases: number): RegisterShape => ({
  days: days.map((day) => ({ day, cases })),
  cases: days.length * cases,
  shareOf: () => 1,
  shareAtMost: () => 1,
  shareOfDistrict: () => 1,
})

/** Every stretch until one begins at the beginning or at a first day. */
function walk(shape: RegisterShape, before: string, size: number, first: string | null = null): Stretch[] {
  const stretches: Stretch[] = []
  for (let end = before; stretches.length < 50;) {
    const stretch = stretchBack(shape, end, size, first)
    stretches.push(stretch)
    if (stretch.from === null) break
    if (first !== null && stretch.from <= `JN-${first.replaceAll('-', '')}-000000`) break
    end = stretch.from
  }
  return stretches
}

describe('a walk back through the register', () => {
  const shape = shapeOf(['2026-11-28', '2026-11-27', '2026-11-25', '2026-08-31', '2026-08-20'], 10)

  it('takes each day once, in stretches that follow each other', () => {
    expect(walk(shape, 'JN-20261128-000005', 10)).toEqual([
      { from: 'JN-20261128-000000', days: "('t:20261128')", thirds: ['202611c'] },
      { from: 'JN-20261127-000000', days: "('t:20261127')", thirds: ['202611c'] },
      { from: 'JN-20261125-000000', days: "('t:20261125')", thirds: ['202611c'] },
      { from: 'JN-20260831-000000', days: "('t:20260831')", thirds: ['202608c'] },
      { from: null, days: null, thirds: null },
    ])
  })

  it('ends at a first day on which nothing was registered', () => {
    expect(walk(shape, 'JN-20261130-000000', 1_000, '2026-08-30')).toEqual([
      {
        from: 'JN-20260830-000000',
        days: "('t:20261128' | 't:20261127' | 't:20261125' | 't:20260831' | 't:20261129' | 't:20261130')",
        thirds: ['202611c', '202608c'],
      },
    ])
  })

  it('says a word that no case has where there is no day', () => {
    const [stretch] = walk(shape, 'JN-20270330-000000', 1_000, '2027-01-01')
    expect(stretch).toEqual({
      from: 'JN-20270101-000000',
      days: "('t:20261129' | 't:20261130')",
      thirds: ['202611c'],
    })
    expect(walk(shape, 'JN-20261120-000000', 1_000, '2026-09-10')).toEqual([
      { from: 'JN-20260910-000000', days: "('t:20260910')", thirds: ['202609a'] },
    ])
  })

  it('names ten days by one word, those that are cut by their own', () => {
    const days = Array.from({ length: 25 }, (_, at) => `2026-11-${String(25 - at).padStart(2, '0')}`)
    expect(stretchBack(shapeOf(days, 10), 'JN-20261122-000003', 120)).toEqual({
      from: 'JN-20261111-000000',
      days: "('t:20261122' | 't:20261121' | 't:202611b')",
      thirds: ['202611c', '202611b'],
    })
  })
})
