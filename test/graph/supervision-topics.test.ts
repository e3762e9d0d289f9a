import { plusDays } from '@hub/kit/day.ts'
import { runTopics } from '@hub/supervision/work/topics.ts'
import { describe, expect, it } from 'vitest'
import { at, storyOf } from '../support/supervision-case.ts'
import { callerOf } from '../support/supervision-caller.ts'
import { openSupervisionGraph, partOf } from '../support/supervision-graph.ts'

const { ask, moveTo, room } = await openSupervisionGraph()
const office = callerOf('OFFICE')
let serial = 0

/** Cases of one day, all alike. */
async function came(
  day: string,
  count: number,
  district: string,
  matterType: string,
  unit = 'JN-SWJ',
): Promise<void> {
  const events = Array.from({ length: count }, () => {
    serial += 1
    const story = storyOf(`JN-${day.replaceAll('-', '')}-${String(serial).padStart(6, '0')}`)
    return [
      story.registered(day, { district, matterType }),
      ...story.dispatched(day, { [`t-${serial}`]: unit }, '2027-03-01'),
    ]
  })
  await room.tell(...events.flat())
}

/** Nine weeks to 22 November: one case a day in two districts, and a rise in one of them in the last week. */
for (let day = '2026-09-21'; day <= '2026-11-22'; day = plusDays(day, 1)) {
  await came(day, 1, '历下区', 'HELP')
  await came(day, 1, '市中区', 'HELP')
  if (day >= '2026-11-16') await came(day, 3, '历下区', 'HELP')
  if (day >= '2026-11-16') await came(day, 2, '历下区', 'REPORT')
}

interface Proposed {
  readonly id: string
}

const FIELDS = 'id status district matterType department { code } recent expected windowFrom windowTo title'
async function propose(): Promise<Proposed[]> {
  const { data, codes } = await ask(office, `mutation { proposeTopics { ${FIELDS} } }`)
  expect(codes).toEqual([])
  return data?.['proposeTopics'] as Proposed[]
}
const topics = async (): Promise<unknown[]> => {
  const { data } = await ask(office, '{ topics { status title } }')
  return data?.['topics'] as unknown[]
}

describe('hot topics', () => {
  it('are proposed where cases grow beyond their own baseline, and nowhere else (R76)', async () => {
    moveTo('2026-11-23')
    expect(await propose()).toEqual([
      {
        id: expect.any(String),
        status: 'PROPOSED',
        district: '历下区',
        matterType: 'HELP',
        department: { code: 'JN-SWJ' },
        recent: 28,
        expected: 7,
        windowFrom: '2026-11-16',
        windowTo: '2026-11-22',
        title: null,
      },
    ])
  })

  it('are proposed once while they are open, with figures that are kept up', async () => {
    const [before] = await propose()
    const [again] = await runTopics(room.supervision.orm, at('2026-11-23'))
    expect(again?.id).toBe(before?.id)
    expect(await topics()).toHaveLength(1)
    const events = await room.supervision.sql`select from event where kind = 'TopicProposed'`
    expect(events.length).toBe(1)
  })

  it('are confirmed and named by a person; then the figures leave them alone (R76)', async () => {
    const [topic] = await propose()
    const confirm = `mutation ($id: ID!) { confirmTopic(topic: $id, title: "供热不足", summary: "多小区反映") { status title } }`
    for (let time = 0; time < 2; time += 1)
      expect((await ask(office, confirm, { id: topic?.id })).data).toEqual({
        confirmTopic: { status: 'CONFIRMED', title: '供热不足' },
      })
    expect(await propose()).toEqual([])
    const dismiss = `mutation ($id: ID!, $dismissed: Boolean!) {
      endTopic(topic: $id, dismissed: $dismissed, conclusion: "已恢复供热") { status } }`
    expect((await ask(office, dismiss, { id: topic?.id, dismissed: true })).codes).toEqual(['TOPIC_STATUS'])
    expect((await ask(office, dismiss, { id: topic?.id, dismissed: false })).data).toEqual({
      endTopic: { status: 'CLOSED' },
    })
    expect(await propose()).toEqual([])
    expect((await ask(office, confirm, { id: 'x' })).codes).toEqual(['TOPIC_NOT_FOUND'])
  })

  it('are not proposed while the hub knows too little of the time before', async () => {
    moveTo('2026-10-04')
    await came('2026-10-03', 12, '天桥区', 'COMPLAINT')
    expect(await propose()).toEqual([])
    moveTo('2026-11-23')
  })

  it('are the matter of the office', async () => {
    for (const role of ['DEPARTMENT', 'PORTAL', 'OVERSIGHT'])
      expect((await ask(callerOf(role, 'JN-SWJ'), '{ topics { id } }')).codes).toEqual(['FORBIDDEN'])
    expect((await ask(callerOf('LEADER'), 'mutation { proposeTopics { id } }')).codes).toEqual(['FORBIDDEN'])
  })
})

describe('the pool of suggestions', () => {
  const POOL = `mutation ($number: String!, $summary: String!) { poolSuggestion(
    caseNumber: $number, field: ECOLOGY, reach: INSTRUCTIVE, summary: $summary) { id status field reach } }`
  const numbers = ['JN-20261122-900001', 'JN-20261122-900002']
  const toSort = async (): Promise<unknown> => (await ask(office, '{ suggestionsToSort { number } }')).data

  it('gathers suggestions of general or instructive value by field (R3, R77, R96)', async () => {
    for (const number of numbers)
      await room.tell(
        storyOf(number).registered('2026-11-22', { matterType: 'SUGGESTION', district: '历下区' }),
      )
    const [first = '', second = ''] = numbers
    expect(await toSort()).toEqual({ suggestionsToSort: [{ number: first }, { number: second }] })
    const { data } = await ask(office, POOL, { number: first, summary: '河道增设垃圾拦截' })
    expect(data?.['poolSuggestion']).toMatchObject({
      status: 'POOLED',
      field: 'ECOLOGY',
      reach: 'INSTRUCTIVE',
    })
    expect((await ask(office, POOL, { number: first, summary: '河道增设垃圾拦截' })).data).toEqual(data)
    const dismiss = `mutation { dismissSuggestion(caseNumber: "${second}", reason: "已有安排") { status outcome } }`
    expect((await ask(office, dismiss)).data).toEqual({
      dismissSuggestion: { status: 'DISMISSED', outcome: '已有安排' },
    })
    expect(await toSort()).toEqual({ suggestionsToSort: [] })
    const { id } = partOf(data, 'poolSuggestion') as Proposed
    const adopt = `mutation { adoptSuggestion(suggestion: "${id}", outcome: "列入年度计划") { status } }`
    expect((await ask(office, adopt)).data).toEqual({ adoptSuggestion: { status: 'ADOPTED' } })
    const pool = '{ suggestions(field: ECOLOGY, status: ADOPTED) { case { number } outcome } }'
    expect((await ask(callerOf('LEADER'), pool)).data).toEqual({
      suggestions: [{ case: { number: first }, outcome: '列入年度计划' }],
    })
  })

  it('refuses what is sorted, unknown, personal, and who is not the office', async () => {
    const [first = '', second = ''] = numbers
    expect((await ask(office, POOL, { number: first, summary: '再次' })).codes).toEqual(['SUGGESTION_SORTED'])
    expect((await ask(office, POOL, { number: second, summary: '再次' })).codes).toEqual([
      'SUGGESTION_SORTED',
    ])
    expect((await ask(office, POOL, { number: 'JN-1', summary: '再次' })).codes).toEqual(['CASE_UNKNOWN'])
    const adopt = 'mutation { adoptSuggestion(suggestion: "x", outcome: "无") { status } }'
    expect((await ask(office, adopt)).codes).toEqual(['SUGGESTION_NOT_FOUND'])
    await room.tell(storyOf('JN-20261122-900003').registered('2026-11-22', { matterType: 'SUGGESTION' }))
    const personal = { number: 'JN-20261122-900003', summary: '请联系13805311234' }
    expect((await ask(office, POOL, personal)).codes).toEqual(['WORDS_PERSONAL'])
    expect((await ask(callerOf('PORTAL'), '{ suggestions { id } }')).codes).toEqual(['FORBIDDEN'])
  })
})
