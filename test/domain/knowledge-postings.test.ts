import { bestCandidates } from '@hub/knowledge/domain/candidates.ts'
import { affordable, type Sought } from '@hub/knowledge/domain/lookup.ts'
import { blockOf, eachEntry, entryOf, type Place } from '@hub/knowledge/domain/postings.ts'
import { describe, expect, it } from 'vitest'

const even = (): number => 0.5

function posting(term: string, place: Place, numbers: readonly number[]) {
  const entries = Uint8Array.from(Buffer.from(numbers.map(entryOf).join(''), 'hex'))
  return { term, place, block: blockOf(numbers[0] ?? 0), entries }
}

describe('the index', () => {
  it('keeps numbers of every size in two bytes and a block', () => {
    for (const no of [1, 65_535, 65_536, 3_000_000]) {
      const found: number[] = []
      const { block, entries } = posting('x', 0, [no])
      eachEntry(block, entries, (each) => found.push(each))
      expect(found).toEqual([no])
    }
  })

  it('brings first what speaks of more, in title and keywords before the body', () => {
    const blocks = [posting('a', 0, [1, 2]), posting('b', 1, [2, 3]), posting('b', 0, [70_000])]
    const sought: Sought[] = [
      { terms: ['a'], weight: 1 },
      { terms: ['b'], weight: 0.9 },
    ]
    expect(bestCandidates(sought, blocks, even, 10)).toEqual([2, 1, 70_000, 3])
    expect(bestCandidates(sought, blocks, even, 2)).toEqual([2, 1])
  })

  it('takes a longer word for found only where all of its parts stand', () => {
    const blocks = [posting('ab', 0, [1, 2, 3]), posting('bc', 0, [3, 4])]
    expect(bestCandidates([{ terms: ['ab', 'bc'], weight: 1 }], blocks, even, 10)).toEqual([3])
  })

  it('reads the most telling parts while they are affordable, and one in any case', () => {
    const counts = new Map([
      ['rare', { articles: 10, about: 10 }],
      ['common', { articles: 900, about: 100 }],
    ])
    const sought = ['common', 'rare'].map((term) => ({ terms: [term], weight: 1 }))
    const rarity = (term: string): number => (term === 'rare' ? 0.9 : 0.2)
    const rare = { term: 'rare', place: 0 }
    const common = { term: 'common', place: 0 }
    expect(affordable(sought, counts, rarity, 200)).toEqual([rare, common])
    expect(affordable(sought, counts, rarity, 2_000)).toEqual([rare, common, { ...common, place: 1 }])
    expect(affordable(sought, counts, rarity, 5)).toEqual([rare])
  })
})
