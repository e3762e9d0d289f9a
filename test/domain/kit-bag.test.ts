import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { Bag } from '@hub/kit/bag.ts'
import { Passing } from '@hub/kit/passing.ts'

const itemsIn = (bag: Bag<string>): string[] => {
  const items: string[] = []
  bag.forEach((item) => items.push(item))
  return items.toSorted()
}

describe('a bag', () => {
  it('gives back what was put in, but for what was taken out', () => {
    const bag = new Bag<string>()
    const places = ['a', 'b', 'c', 'd'].map((item) => bag.add(item))
    for (const place of [places[1], places[3]]) if (place) bag.remove(place)
    expect(itemsIn(bag)).toEqual(['a', 'c'])
    expect(bag.size).toBe(2)
  })

  it('takes a thing out once, whatever has taken its place since', () => {
    const bag = new Bag<string>()
    const first = bag.add('a')
    bag.remove(first)
    bag.add('b')
    bag.remove(first)
    expect(itemsIn(bag)).toEqual(['b'])
  })

  it('visits each once, though they are taken out meanwhile', () => {
    const bag = new Bag<number>()
    for (let number = 0; number < 10; number++) bag.add(number)
    const visited: number[] = []
    bag.forEach((number, place) => {
      visited.push(number)
      if (number % 3 === 0) bag.remove(place)
    })
    expect(visited.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(bag.size).toBe(6)
  })
})

describe('what passes', () => {
  it('is found while it is there, however much has passed meanwhile', () => {
    const passing = new Passing<number, string>()
    passing.set(-1, 'stays')
    for (let key = 0; key < 1_000; key++) {
      passing.set(key, `${key}`)
      expect(passing.get(key)).toBe(`${key}`)
      passing.delete(key)
    }
    expect(passing.get(-1)).toBe('stays')
    expect(passing.get(999)).toBeUndefined()
  })
})

describe('what lay in a container for a moment', () => {
  const megabytesHeldBy = (container: string): number =>
    Number(
      execFileSync(process.execPath, [
        '--expose-gc',
        // Nothing old is collected before it has grown so much.
        '--initial-old-space-size=512',
        path.join(import.meta.dirname, '../support/lets-go-child.ts'),
        container,
      ]),
    )

  it('is let go by a bag and by what passes, and not by a Set', () => {
    const held = { Bag: 0, Passing: 0, Set: 0 }
    for (const container of ['Bag', 'Passing', 'Set'] as const) held[container] = megabytesHeldBy(container)
    expect(held.Bag).toBeLessThan(2)
    expect(held.Passing).toBeLessThan(4)
    expect(held.Set).toBeGreaterThan(4)
  })
})
