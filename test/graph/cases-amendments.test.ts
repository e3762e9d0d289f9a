import { describe, expect, it } from 'vitest'
import { clerk, leader, office, openDesk, operator, thrice, WATER } from '../support/cases-desk.ts'

const desk = await openDesk()
const { act, ask, caseAt, done, kindsOf, register, statusOf, database } = desk
const reason = '听写有误'
const amends = (number: string, more: object = {}) => ({
  input: { number, content: '历山南路阀门漏水,电话13900139111。', urgency: 'URGENT', reason, ...more },
})

describe('a correction', () => {
  it('changes what was taken down before dispatch, keeps what stood there, and has one effect (R44)', async () => {
    const number = await register()
    const answers = await thrice(desk, operator, 'amendCase', amends(number))
    expect(answers.map(({ codes }) => codes)).toEqual([[], [], []])
    expect(await kindsOf(number)).toEqual(['CaseRegistered', 'CaseAmended'])
    const asked = `query ($n: String!) { case(number: $n) {
      content urgency amendments { fields formerContent formerUrgency formerTitle reason } } }`
    const { data } = await ask(operator, asked, { n: number })
    expect(data?.['case']).toEqual({
      content: '历山南路阀门漏水,电话13900139111。',
      urgency: 'URGENT',
      amendments: [
        {
          fields: ['content', 'urgency'],
          formerContent: '历山路水管爆裂,请尽快处理。',
          formerUrgency: 'NORMAL',
          formerTitle: null,
          reason,
        },
      ],
    })
  })

  it('tells the streams which fields changed and never the text (R44)', async () => {
    const number = await register()
    await done(operator, 'amendCase', amends(number, { reason: '来电人更正' }))
    const rows = await database.sql<{ data: Record<string, unknown> }[]>`
      select data from event where kind = 'CaseAmended' and data->>'case' = ${number}`
    expect(rows.map(({ data }) => data)).toMatchObject([{ fields: 'content,urgency', urgency: 'URGENT' }])
    expect(JSON.stringify(rows)).not.toMatch(/阀门|历山|13900139111|更正/)
  })

  it('is found by its new words and no longer by the old', async () => {
    const number = await register({ title: '爬山虎遮窗', content: '爬山虎遮挡窗户' })
    await done(operator, 'amendCase', amends(number, { title: '凌霄花遮窗', content: '凌霄花遮挡窗户' }))
    const find = async (text: string): Promise<string> => {
      const asked = 'query ($t: String) { cases(filter: { text: $t }) { nodes { number } } }'
      return JSON.stringify((await ask(operator, asked, { t: text })).data)
    }
    expect(await find('凌霄花')).toContain(number)
    expect(await find('爬山虎')).not.toContain(number)
  })

  it('that makes it a report of danger makes it confidential, and nothing makes it less so (R5)', async () => {
    const number = await register()
    await done(operator, 'amendCase', amends(number, { matterType: 'REPORT' }))
    await done(operator, 'amendCase', amends(number, { matterType: 'HELP', reason: '再更正' }))
    const { data } = await ask(operator, `{ case(number: "${number}") { matterType confidential } }`)
    expect(data?.['case']).toEqual({ matterType: 'HELP', confidential: true })
  })

  it('is refused after dispatch, without a reason or a change, and to whom the register is not (R44)', async () => {
    const number = await register()
    const codes = async (more: object, who = operator) =>
      (await act(who, 'amendCase', amends(number, more))).codes
    expect(await codes({ reason: ' ' })).toEqual(['TEXT_BLANK'])
    expect(await codes({ content: '历山路水管爆裂,请尽快处理。', urgency: 'NORMAL' })).toEqual([
      'AMEND_CHANGES_NOTHING',
    ])
    for (const who of [leader, clerk(WATER)]) expect(await codes({}, who)).toEqual(['FORBIDDEN'])
    expect(await kindsOf(number)).toEqual(['CaseRegistered'])
    const sent = await caseAt('DISPATCHED')
    expect((await act(operator, 'amendCase', amends(sent))).codes).toEqual(['CASE_STATUS_FORBIDS'])
    await desk.sign(sent)
    const assignment = await desk.taskOf(sent)
    await done(clerk(WATER), 'requestReturn', { assignment, reason: '不属职责', basis: '三定方案' })
    await done(office, 'decideReturn', { assignment, accept: true, reason: '同意' })
    expect(await statusOf(sent)).toBe('REGISTERED')
    expect((await act(operator, 'amendCase', amends(sent))).codes).toEqual(['AMEND_AFTER_DISPATCH'])
  })

  it('stands for good: the database refuses to change or take it away (R44)', async () => {
    const number = await register()
    await done(operator, 'amendCase', amends(number))
    const refused = { code: '23001' }
    await expect(database.sql`update case_amendment set reason = '无'`).rejects.toMatchObject(refused)
    await expect(database.sql`delete from case_amendment`).rejects.toMatchObject(refused)
  })
})
