import { randomUUID } from 'node:crypto'
import { expect, it, onTestFinished } from 'vitest'
import { listOutcomes } from '@hub/departments/store/outcomes.ts'
import { casesFollower } from '@hub/departments/work/followers.ts'
import { appendEvents } from '@hub/kit/event-log.ts'
import { localLogSource } from '@hub/kit/follow-source.ts'
import { followOnce } from '@hub/kit/follow.ts'
import { openLog } from '@hub/kit/log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { openTestDatabase } from '../support/database.ts'

const at = new Date('2026-11-23T09:00:00+08:00')
type Data = Record<string, string | boolean | null>

async function rooms() {
  const cases = await openTestDatabase('cases')
  const departments = await openTestDatabase('departments')
  const log = openDatabase({ url: cases.url, room: 'cases', max: 2 })
  const database = openDatabase({ url: departments.url, room: 'departments', max: 2 })
  onTestFinished(async () => {
    await log.close()
    await database.close()
    await cases.drop()
    await departments.drop()
  })
  const follower = casesFollower({ source: localLogSource(log), database, log: openLog('test') })
  return {
    database,
    follow: () => followOnce(follower),
    say: (stream: string, kind: string, data: Data) =>
      log.orm.transaction((tx) => appendEvents(tx, [{ stream, eventId: randomUUID(), kind, at, data }])),
  }
}

it('learns from the cases log which unit kept a case and which took it, each case once (R35)', async () => {
  const { database, follow, say } = await rooms()
  for (const number of ['1', '2']) {
    await say('case:1', 'CaseRegistered', { case: number, district: '历下区' })
    const lead = { case: number, department: 'A', role: 'LEAD', parentId: null, assignment: `${number}a` }
    await say('case:1', 'AssignmentIssued', lead)
  }
  await say('case:1', 'AssignmentReplied', { case: '1', assignment: '1a', disposition: 'CONFORMING' })
  expect(await follow()).toBe(5)
  expect(await listOutcomes(database.orm)).toEqual([
    { district: '历下区', department: 'A', takenBy: '', cases: 1 },
  ])
  await say('case:1', 'ReturnDecided', { case: '2', assignment: '2a', accepted: true })
  const taken = { case: '2', department: 'B', role: 'LEAD', parentId: null, assignment: '2b' }
  await say('case:1', 'AssignmentIssued', taken)
  await say('case:1', 'CaseClosed', { case: '1' })
  expect(await follow()).toBe(3)
  expect(await follow()).toBe(0)
  expect(await listOutcomes(database.orm)).toEqual(
    expect.arrayContaining([
      { district: '历下区', department: 'A', takenBy: '', cases: 1 },
      { district: '历下区', department: 'A', takenBy: 'B', cases: 1 },
    ]),
  )
})
