import type { Caller } from '@hub/kit/caller.ts'
import { describe, expect, it } from 'vitest'
import { callerOf } from '../support/supervision-caller.ts'
import { openSupervisionGraph, partOf } from '../support/supervision-graph.ts'

const { ask, moveTo, room } = await openSupervisionGraph()
const office = callerOf('OFFICE')
const PHONES = Array.from({ length: 14 }, (_, index) => `1380531${String(1000 + index)}`)

function citizen(phone: string, district = '历下区'): Caller {
  return { ...callerOf('PORTAL'), attributes: { citizen: phone, district } }
}

const MAKE = `mutation ($input: MakeSurveyInput!) { makeSurvey(input: $input) { id status questions { id } } }`
const OPEN = `mutation ($id: ID!) { openSurvey(survey: $id) { status asking } }`
const ANSWER = `mutation ($id: ID!, $answers: [SurveyAnswerInput!]!) { answerSurvey(survey: $id, answers: $answers) { id } }`
const PUBLISH = `mutation ($id: ID!) { publishSurvey(survey: $id, conclusion: "增设路灯") {
  status people result { question answered suppressed options { option count } } } }`
const draft = {
  kind: 'SURVEY',
  title: '夜间照明',
  introduction: '了解夜间照明情况。',
  questions: [
    { kind: 'SINGLE', text: '是否满意', options: ['满意', '一般', '不满意'] },
    { kind: 'TEXT', text: '还有什么建议', required: false },
  ],
  districts: ['历下区'],
  population: '历下区居民',
  opensOn: '2026-11-23',
  closesOn: '2026-11-30',
}

async function made(change: object = {}): Promise<string> {
  moveTo('2026-11-23')
  const { data, codes } = await ask(office, MAKE, { input: { ...draft, ...change } })
  expect(codes).toEqual([])
  return (partOf(data, 'makeSurvey') as { id: string }).id
}

async function opened(title: string): Promise<string> {
  const id = await made({ title })
  expect((await ask(office, OPEN, { id })).data).toEqual({ openSurvey: { status: 'OPEN', asking: true } })
  return id
}

const answers = (chosen: string, text?: string) => [
  { question: 'Q1', chosen: [chosen] },
  ...(text ? [{ question: 'Q2', text }] : []),
]
const answer = async (id: string, caller: Caller, given: object[]): Promise<readonly unknown[]> =>
  (await ask(caller, ANSWER, { id, answers: given })).codes

describe('a survey', () => {
  it('goes from draft through answers to a published result with small counts left out (R16, R17)', async () => {
    const id = await opened('全过程')
    for (const [index, phone] of PHONES.entries())
      expect(
        await answer(id, citizen(phone), answers(index < 8 ? '满意' : index < 12 ? '一般' : '不满意')),
      ).toEqual([])
    expect((await ask(office, PUBLISH, { id })).codes).toEqual(['SURVEY_RUNNING'])
    moveTo('2026-12-01')
    const { data } = await ask(office, PUBLISH, { id })
    const [first] = (partOf(data, 'publishSurvey') as { result: unknown[] }).result
    expect(data?.['publishSurvey']).toMatchObject({ status: 'PUBLISHED', people: 14 })
    expect(first).toEqual({
      question: 'Q1',
      answered: 14,
      suppressed: true,
      options: [
        { option: '满意', count: 8 },
        { option: '一般', count: null },
        { option: '不满意', count: null },
      ],
    })
    expect((await ask(office, PUBLISH, { id })).data).toEqual(data)
    const seen = await ask(
      citizen('13900000000'),
      `{ surveys(survey: "${id}") { people result { answered } } }`,
    )
    expect(seen.data).toEqual({ surveys: [{ people: 14, result: [{ answered: 14 }, { answered: 0 }] }] })
  })

  it('takes one answer per person, however the phone is written and however often it is sent (R17)', async () => {
    const id = await opened('一人一答')
    const [phone = ''] = PHONES
    expect(await answer(id, citizen(phone), answers('满意'))).toEqual([])
    expect(await answer(id, citizen(`+86 ${phone.slice(0, 3)}-${phone.slice(3)}`), answers('满意'))).toEqual(
      [],
    )
    expect(await answer(id, citizen(phone), answers('一般'))).toEqual(['ANSWER_GIVEN'])
    const twin = citizen('13800000001')
    const both = await Promise.all([answer(id, twin, answers('满意')), answer(id, twin, answers('一般'))])
    expect(both.flat()).toEqual(['ANSWER_GIVEN'])
    const { data } = await ask(office, `{ surveys(survey: "${id}") { people } }`)
    expect(data).toEqual({ surveys: [{ people: 2 }] })
  })

  it('keeps no phone, nor anything that is the same in two surveys (R16)', async () => {
    const phone = '13800009999'
    const ids = [await opened('甲'), await opened('乙')]
    for (const id of ids) expect(await answer(id, citizen(phone), answers('满意', '多装路灯'))).toEqual([])
    const rows = await room.supervision.sql<{ person: string }[]>`
      select person from survey_answer where survey_id in ${room.supervision.sql(ids)}`
    expect(new Set(rows.map(({ person }) => person)).size).toBe(2)
    for (const table of ['survey_answer', 'request', 'idempotency', 'event']) {
      const [found] = await room.supervision.sql<{ found: boolean }[]>`
        select exists (select from ${room.supervision.sql(table)} as t where t::text like ${`%${phone}%`}) as found`
      expect([table, found?.found]).toEqual([table, false])
    }
  })

  it('asks its population, in its period, what it asks', async () => {
    const id = await opened('范围')
    const someone = citizen('13800007777')
    expect(await answer(id, citizen('13800007777', '市中区'), answers('满意'))).toEqual([
      'SURVEY_NOT_FOR_YOU',
    ])
    expect(await answer(id, callerOf('PORTAL'), answers('满意'))).toEqual(['ANSWER_NOBODY'])
    expect(await answer(id, someone, answers('很好'))).toEqual(['ANSWER_INVALID'])
    expect(await answer(id, someone, [{ question: 'Q9', chosen: ['满意'] }])).toEqual(['ANSWER_INVALID'])
    expect(await answer(id, someone, [{ question: 'Q1', chosen: ['满意', '一般'] }])).toEqual([
      'ANSWER_INVALID',
    ])
    expect(await answer(id, someone, [{ question: 'Q2', text: '多装路灯' }])).toEqual(['ANSWER_MISSING'])
    expect(await answer(id, someone, answers('满意', '打我电话13800007777'))).toEqual(['WORDS_PERSONAL'])
    expect(await answer('x', someone, answers('满意'))).toEqual(['SURVEY_NOT_FOUND'])
    moveTo('2026-12-01')
    expect(await answer(id, someone, answers('满意'))).toEqual(['SURVEY_NOT_ASKING'])
  })

  it('is the matter of the office: others neither make nor read drafts, and only it reads the words', async () => {
    const id = await made({ title: '草稿' })
    const query = `{ surveys(survey: "${id}") { id } }`
    expect((await ask(office, query)).data).toEqual({ surveys: [{ id }] })
    for (const role of ['PORTAL', 'OVERSIGHT', 'DEPARTMENT', 'LEADER'])
      expect((await ask(callerOf(role, 'JN-SWJ'), query)).data).toEqual({ surveys: [] })
    expect((await ask(callerOf('LEADER'), MAKE, { input: draft })).codes).toEqual(['FORBIDDEN'])
    const words = await opened('文字')
    await answer(words, citizen('13800006666'), answers('满意', '多装路灯'))
    const opinions = `{ surveys(survey: "${words}") { opinions } }`
    expect((await ask(office, opinions)).data).toEqual({ surveys: [{ opinions: ['多装路灯'] }] })
    expect((await ask(callerOf('LEADER'), opinions)).codes).toEqual(['FORBIDDEN'])
  })

  it.each([
    ['SURVEY_PERIOD', { closesOn: '2026-11-22' }],
    ['SURVEY_EMPTY', { questions: [] }],
    ['SURVEY_OPTIONS', { questions: [{ kind: 'SINGLE', text: '是否', options: ['是', '是'] }] }],
    ['SURVEY_OPTIONS', { questions: [{ kind: 'TEXT', text: '如何', options: ['是'] }] }],
  ])('is refused: %s', async (code, change) => {
    moveTo('2026-11-23')
    expect((await ask(office, MAKE, { input: { ...draft, ...change } })).codes).toEqual([code])
  })

  it('that has ended is kept by the database itself', async () => {
    const id = await made({ title: '取消' })
    const cancel = `mutation { cancelSurvey(survey: "${id}", conclusion: "不再需要") { status } }`
    expect((await ask(office, cancel)).data).toEqual({ cancelSurvey: { status: 'CANCELLED' } })
    const { sql } = room.supervision
    await expect(sql`update survey set title = 'x' where id = ${id}`).rejects.toThrow('does not change')
    await expect(sql`delete from survey_answer`).rejects.toThrow('append only')
  })
})
