import { describe, expect, it } from 'vitest'
import { Recent, remembered } from '@hub/kit/remembered.ts'

describe('what was used last', () => {
  it('is kept, at most so many and at least half of them', () => {
    const recent = new Recent<number>(10)
    for (let number = 0; number < 100; number++) recent.set(`${number}`, number)
    const kept = Array.from({ length: 100 }, (_, number) => number).filter(
      (number) => recent.get(`${number}`) !== undefined,
    )
    expect(kept.length).toBeGreaterThanOrEqual(5)
    expect(kept.length).toBeLessThanOrEqual(10)
    expect(kept.at(-1)).toBe(99)
  })

  it('stays as long as it is used', () => {
    const recent = new Recent<string>(10)
    recent.set('often', 'kept')
    for (let number = 0; number < 100; number++) {
      recent.set(`${number}`, 'once')
      expect(recent.get('often')).toBe('kept')
    }
  })

  it('is not kept when its text is so long that a stranger could fill the memory with it', () => {
    const recent = new Recent<string>(10)
    recent.set('x'.repeat(20_001), 'long')
    expect(recent.get('x'.repeat(20_001))).toBeUndefined()
  })

  it('is made once, though it is nothing', () => {
    const made: string[] = []
    const know = remembered(10, (key: string): null => {
      made.push(key)
      return null
    })
    expect([know('a'), know('a'), know('b')]).toEqual([null, null, null])
    expect(made).toEqual(['a', 'b'])
  })
})
