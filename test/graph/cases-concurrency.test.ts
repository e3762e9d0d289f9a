import type { Caller } from '@hub/kit/caller.ts'
import { describe, expect, it } from 'vitest'
import { office, openDesk, operator, WATER, HOUSING } from '../support/cases-desk.ts'

const desk = await openDesk()
const { ask, act, done, kindsOf, register, statusOf } = desk
const colleague: Caller = { ...office, subject: 'test:office-2' }
const PAIRS = 20

async function versionOf(number: string): Promise<number> {
  const { data } = await ask(operator, 'query ($n: String!) { case(number: $n) { version } }', { n: number })
  return (data?.['case'] as { version: number } | undefined)?.version ?? 0
}

const dispatch = (number: string, expectedVersion?: number) =>
  act(office, 'dispatchCase', { input: { number, departments: [WATER], mode: 'WRITTEN' }, expectedVersion })
const suspend = (number: string, expectedVersion?: number) =>
  act(colleague, 'suspendCase', { number, reason: '等待鉴定', expectedVersion })

describe('two officers who act on one case at once', () => {
  it('are one success and one CASE_CHANGED when each names the version that they saw', async () => {
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const number = await register()
      const seen = await versionOf(number)
      const both = await Promise.all([dispatch(number, seen), suspend(number, seen)])
      expect(both.flatMap(({ codes }) => codes)).toEqual(['CASE_CHANGED'])
      const kinds = await kindsOf(number)
      const won = both[0].codes.length === 0 ? 'CaseDispatched' : 'CaseSuspended'
      expect(kinds[1]).toBe(won)
      expect(await versionOf(number)).toBe(kinds.length)
    }
  })

  it('take turns without it: the second acts on what the first left, or is refused by its status', async () => {
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const number = await register()
      await Promise.all([dispatch(number), suspend(number)])
      const kinds = await kindsOf(number)
      // Dispatched and then put on hold; or put on hold, and the dispatch refused.
      expect([4, 2]).toContain(kinds.length)
      expect(await statusOf(number)).toBe('SUSPENDED')
      expect(await versionOf(number)).toBe(kinds.length)
    }
  })

  it('and who sends the same thing again is not told that the case changed', async () => {
    const number = await register()
    const seen = await versionOf(number)
    const answers = await Promise.all([dispatch(number, seen), dispatch(number, seen)])
    answers.push(await dispatch(number, seen))
    expect(answers.map(({ codes }) => codes)).toEqual([[], [], []])
    expect((await suspend(number, seen)).codes).toEqual(['CASE_CHANGED'])
    expect((await suspend(number, await versionOf(number))).codes).toEqual([])
  })

  it('is told of a unit that acted in between as well', async () => {
    const number = await register()
    await desk.dispatch(number, [WATER, HOUSING])
    const seen = await versionOf(number)
    await desk.sign(number)
    const assignment = await desk.taskOf(number, HOUSING)
    const sign = { assignment, expectedVersion: seen }
    const clerk = { ...office, role: 'DEPARTMENT', attributes: { department: HOUSING } }
    expect((await act(clerk, 'signForAssignment', sign)).codes).toEqual(['CASE_CHANGED'])
    await done(clerk, 'signForAssignment', { assignment, expectedVersion: await versionOf(number) })
  })
})
