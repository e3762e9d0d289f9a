import type { FollowedPlace, LogPage } from '@hub/kit/event-offer.ts'
import { watchSource } from '@hub/supervision/work/watched-source.ts'
import { describe, expect, it } from 'vitest'
import { at, caseEvent } from '../support/supervision-case.ts'

const signal = new AbortController().signal
const place = (seq: number): FollowedPlace[] => [{ stream: 'case:0', epoch: 'epoch000', seq }]
const page = (firstEvent: number, lastEvent: number, lastSeq: number): LogPage[] => [
  {
    stream: 'case:0',
    epoch: 'epoch000',
    firstSeq: 1,
    lastSeq,
    events: Array.from({ length: lastEvent - firstEvent + 1 }, (_, index) => ({
      ...caseEvent('CaseRegistered', at('2026-11-02'), { case: 'JN-20261102-000001' }),
      seq: firstEvent + index,
    })),
  },
]

/** A source that gives prepared answers, and a clock that moves an hour with each look. */
function watched(...answers: LogPage[][]) {
  let hour = 8
  const source = watchSource({ read: async () => answers.shift() ?? [] }, () => {
    hour += 1
    return at('2026-11-12', `${String(hour).padStart(2, '0')}:00`)
  })
  return { source, read: (seq: number) => source.read(place(seq), 20_000, signal) }
}

describe('what is known of a log', () => {
  it('is nothing before the first look', () => {
    expect(watched().source.knownUntil()).toBeNull()
  })

  it('reaches to a look that found nothing missing, from the moment its events are applied', async () => {
    const { source, read } = watched(page(1, 3, 3), page(4, 3, 3))
    await read(0)
    expect(source.knownUntil()).toBeNull()
    await read(3)
    expect(source.knownUntil()).toEqual(at('2026-11-12', '10:00'))
  })

  it('stays where it was while a page could not be applied', async () => {
    const { source, read } = watched(page(1, 0, 0), page(1, 3, 3), page(1, 3, 3))
    await read(0)
    expect(source.knownUntil()).toEqual(at('2026-11-12', '09:00'))
    await read(0)
    await read(0)
    expect(source.knownUntil()).toEqual(at('2026-11-12', '09:00'))
  })

  it('is not reached by a page that leaves events behind, and says how many', async () => {
    const { source, read } = watched(page(1, 100, 5000), page(101, 200, 5000))
    await read(0)
    await read(100)
    expect(source.knownUntil()).toBeNull()
    expect(source.behind()).toBe(4800)
  })
})
