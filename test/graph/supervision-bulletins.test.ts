import { describe, expect, it } from 'vitest'
import { callerOf } from '../support/supervision-caller.ts'
import { partOf } from '../support/supervision-graph.ts'
import {
  DRAFT,
  draft,
  figureOf,
  leader,
  office,
  citizen,
  openReports,
  step,
} from '../support/supervision-report.ts'

const { ask, did, moveTo, room, drafted, issued, listed } = await openReports()
const FEEDBACK = `mutation ($id: ID!, $text: String!) { giveReportFeedback(report: $id, text: $text) { feedbackCount } }`

describe('a public bulletin', () => {
  it('comes from confirmed topics, is anonymous, and everyone may read it (R22, R84, R85)', async () => {
    const [row] = await room.supervision.sql<{ id: string }[]>`
      insert into topic (id, status, district, matter_type, recent, expected, window_from, window_to, proposed_at, policy_version)
      values (gen_random_uuid(), 'PROPOSED', '历下区', 'HELP', 4, 1, '2026-11-16', '2026-11-22', now(), 'x') returning id`
    const topics = [row?.id ?? '']
    const input = { ...draft, kind: 'BULLETIN', title: '公报', topics }
    expect((await ask(office, DRAFT, { input })).codes).toEqual(['REPORT_TOPIC'])
    await ask(
      office,
      `mutation { confirmTopic(topic: "${topics[0]}", title: "供热不足", summary: "多处反映") { id } }`,
    )
    expect((await ask(office, DRAFT, { input: { ...input, text: '王女士13805311234反映' } })).codes).toEqual([
      'WORDS_PERSONAL',
    ])
    const bulletin = await issued(input)
    expect(figureOf(bulletin, '供热不足', 'CASES')).toMatchObject({ numerator: null })
    expect(figureOf(bulletin, '全市', 'REGISTERED')).toMatchObject({ numerator: 51 })
    expect(figureOf(bulletin, '全市', 'DIRECT_ANSWER')).toMatchObject({ numerator: null, value: null })
    for (const caller of [
      citizen,
      callerOf('PORTAL'),
      callerOf('OVERSIGHT'),
      callerOf('DEPARTMENT', 'JN-SWJ'),
    ])
      expect(await listed(caller)).toContain(bulletin.id)
    const { data } = await ask(citizen, `{ report(id: "${bulletin.id}") { markdown deliveries { mode } } }`)
    expect(data).toMatchObject({ report: { deliveries: [] } })
    expect((partOf(data, 'report') as { markdown: string }).markdown).toContain('| 供热不足 | — |')
  })

  it('is not issued where it could be subtracted from one that is out: a few days would stand bare (R22, R84)', async () => {
    const bulletin = { kind: 'BULLETIN', title: '分期公报', from: '2026-08-01', to: '2026-09-30' }
    await issued(bulletin)
    const { id } = await drafted({ ...bulletin, to: '2026-10-02' })
    await did('approveReport', id, leader)
    expect((await ask(office, step('issueReport'), { id })).codes).toEqual(['REPORT_OVERLAP'])
    for (const apart of [
      { to: '2026-10-28' },
      { to: '2026-09-30' },
      { from: '2026-10-29', to: '2026-10-31' },
    ])
      expect((await issued({ ...bulletin, ...apart })).documentNumber).toMatch(/热线公报/)
  })

  it('is answered back by people, once each, and the office reads what they say (R23)', async () => {
    const { id } = await issued({ kind: 'BULLETIN', title: '反馈' })
    for (let time = 0; time < 2; time += 1)
      expect((await ask(citizen, FEEDBACK, { id, text: '希望更快' })).data).toEqual({
        giveReportFeedback: { feedbackCount: 1 },
      })
    expect((await ask(citizen, FEEDBACK, { id, text: '又一次' })).codes).toEqual(['FEEDBACK_GIVEN'])
    expect((await ask(callerOf('PORTAL'), FEEDBACK, { id, text: '无人' })).codes).toEqual(['ANSWER_NOBODY'])
    const query = `{ report(id: "${id}") { feedback } }`
    expect((await ask(office, query)).data).toEqual({ report: { feedback: ['希望更快'] } })
    expect((await ask(citizen, query)).codes).toEqual(['FORBIDDEN'])
    const circular = await issued({ title: '非公报' })
    expect((await ask(citizen, FEEDBACK, { id: circular.id, text: '意见' })).codes).toEqual([
      'REPORT_NOT_FOUND',
    ])
  })

  it('is read by the public only when it is issued; nor is its correction before that', async () => {
    const wrong = await issued({ kind: 'BULLETIN', title: '待更正' })
    const correction = await drafted({ kind: 'BULLETIN', title: '更正稿', corrects: wrong.id })
    expect(await listed(citizen)).not.toContain(correction.id)
    const query = `{ a: report(id: "${wrong.id}") { correctedBy { id } } b: report(id: "${correction.id}") { id } }`
    expect((await ask(citizen, query)).data).toEqual({ a: { correctedBy: null }, b: null })
    expect((await ask(office, query)).data).toEqual({
      a: { correctedBy: { id: correction.id } },
      b: { id: correction.id },
    })
  })
})

describe('who may', () => {
  it('draft, approve, issue and deliver: the desk, and leaders approve', async () => {
    const { id } = await drafted({ title: '权限' })
    const roles = ['DEPARTMENT', 'PORTAL', 'OVERSIGHT', 'LEADER', 'ADMIN']
    for (const role of roles) {
      const caller = callerOf(role, 'JN-SWJ')
      expect((await ask(caller, DRAFT, { input: draft })).codes).toEqual(['FORBIDDEN'])
      expect((await ask(caller, step('issueReport'), { id })).codes).toEqual(['FORBIDDEN'])
    }
    expect((await ask(callerOf('OPERATOR'), step('approveReport'), { id })).codes).toEqual(['FORBIDDEN'])
    expect((await ask(leader, step('approveReport'), { id })).codes).toEqual([])
  })

  it('is refused a period that is none or still to come, and a report that is not there', async () => {
    for (const [code, change] of [
      ['PERIOD_INVALID', { from: '2026-11-22', to: '2026-11-01' }],
      ['PERIOD_TOO_LONG', { from: '2025-01-01' }],
      ['REPORT_PERIOD_AHEAD', { to: '2026-11-24' }],
      ['TOPIC_NOT_FOUND', { topics: ['x'] }],
      ['REPORT_NOT_FOUND', { corrects: 'x' }],
      ['WORDS_MISSING', { title: ' ' }],
    ] as const)
      expect((await ask(office, DRAFT, { input: { ...draft, ...change } })).codes).toEqual([code])
    expect((await ask(office, step('approveReport'), { id: 'x' })).codes).toEqual(['REPORT_NOT_FOUND'])
    const foreign = Buffer.from('["x","y"]').toString('base64url')
    expect((await ask(office, `{ reports(after: "${foreign}") { nodes { id } } }`)).codes).toEqual([
      'CURSOR_INVALID',
    ])
  })

  it('page through all reports, each once', async () => {
    moveTo('2026-11-24')
    const all = await listed(office)
    const seen: string[] = []
    for (let after = ''; ;) {
      const query = `{ reports(first: 4${after && `, after: "${after}"`}) { nodes { id } pageInfo { hasNextPage endCursor } } }`
      const { data } = await ask(office, query)
      const page = data?.['reports'] as {
        nodes: { id: string }[]
        pageInfo: { hasNextPage: boolean; endCursor: string }
      }
      seen.push(...page.nodes.map(({ id }) => id))
      if (!page.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor
    }
    expect(seen).toEqual(all)
  })
})
