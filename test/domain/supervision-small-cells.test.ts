import { suppressParts } from '@hub/supervision/domain/small-cells.ts'
import { tallyOf, type GivenAnswer } from '@hub/supervision/domain/survey-result.ts'
import type { Question } from '@hub/supervision/domain/survey.ts'
import { describe, expect, it } from 'vitest'

const LEAST = 5

/** Every way in which parts of a whole can be filled, up to a size. */
function waysTo(parts: number, most: number): number[][] {
  if (parts === 0) return [[]]
  const counts = Array.from({ length: most + 1 }, (_, count) => count)
  return waysTo(parts - 1, most).flatMap((rest) => counts.map((count) => [...rest, count]))
}

/** Parts that are few people and can be told from what is shown beside the whole. */
function toldAway(counts: readonly number[], suppress: typeof suppressParts): number[] {
  const shown = suppress(counts, LEAST)
  const hidden = counts.filter((_count, index) => shown[index] === null)
  const sum = hidden.reduce((total, count) => total + count, 0)
  return counts.filter((count, index) => {
    if (count === 0 || count >= LEAST) return false
    return shown[index] !== null || hidden.length < 2 || (sum < LEAST && hidden.length < counts.length)
  })
}

describe('counts shown to the public', () => {
  it('never tell a small part, nor let it be worked out from the whole (R17)', () => {
    expect(waysTo(4, 8).filter((counts) => toldAway(counts, suppressParts).length > 0)).toEqual([])
  })

  it('are all shown when none is small', () => {
    expect(suppressParts([5, 0, 120], LEAST)).toEqual([5, 0, 120])
    expect(suppressParts([5, 3, 120], LEAST)).toEqual([null, null, 120])
    expect(suppressParts([1, 2, 0], LEAST)).toEqual([null, null, null])
  })

  it('would be caught hiding the small part alone', () => {
    const naive: typeof suppressParts = (counts, least) =>
      counts.map((count) => (count > 0 && count < least ? null : count))
    expect(toldAway([5, 3, 120], naive)).toEqual([3])
  })
})

describe('the result of a question', () => {
  const single: Question = {
    id: 'Q1',
    kind: 'SINGLE',
    text: '满意吗',
    options: ['是', '否'],
    required: false,
  }
  const chose = (index: number, times: number): GivenAnswer[] =>
    Array.from({ length: times }, () => ({ Q1: { chosen: [index] } }))

  it('counts each option, and how many answered', () => {
    expect(tallyOf([single], [...chose(0, 12), ...chose(1, 6)], LEAST)).toEqual([
      {
        question: 'Q1',
        text: '满意吗',
        answered: 18,
        options: [
          { option: '是', count: 12 },
          { option: '否', count: 6 },
        ],
        suppressed: false,
      },
    ])
  })

  it('hides how many answered where those who did not are few', () => {
    const silent: GivenAnswer[] = [{}, {}, {}]
    const [result] = tallyOf([single], [...chose(0, 12), ...chose(1, 6), ...silent], LEAST)
    expect(result).toMatchObject({ answered: null, suppressed: true })
    expect(result?.options.map(({ count }) => count)).toEqual([12, null])
  })

  it('of several choices hides an option that few chose, and one that few left out', () => {
    const several: Question = { ...single, kind: 'MULTIPLE', options: ['路灯', '供热', '噪音'] }
    const given: GivenAnswer[] = Array.from({ length: 20 }, (_, index) => ({
      Q1: { chosen: [...(index < 18 ? [0] : []), ...(index < 10 ? [1] : []), ...(index < 2 ? [2] : [])] },
    }))
    const [result] = tallyOf([several], given, LEAST)
    expect(result?.options.map(({ count }) => count)).toEqual([null, 10, null])
  })

  it('of words tells how many wrote, not what', () => {
    const words: Question = { ...single, kind: 'TEXT', options: [] }
    const given: GivenAnswer[] = Array.from({ length: 7 }, () => ({ Q1: { text: '多装路灯' } }))
    expect(JSON.stringify(tallyOf([words], given, LEAST))).not.toContain('路灯')
    expect(tallyOf([words], given, LEAST)[0]).toMatchObject({ answered: 7, options: [] })
  })
})
