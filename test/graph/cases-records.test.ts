import type { Caller } from '@hub/kit/caller.ts'
import { describe, expect, it } from 'vitest'
import { callerAs } from '../support/cases-graph.ts'
import { clerk, HOUSING, leader, LIXIA, office, openDesk, operator, WATER } from '../support/cases-desk.ts'

const desk = await openDesk()
const { ask, act, done, register, dispatch, sign, taskOf, caseAt } = desk
const citizen = callerAs('PORTAL', { district: '历下区', citizen: '13800138000' })
const portal = callerAs('PORTAL', { district: '历下区' })
const oversight = callerAs('OVERSIGHT')

async function shown(
  who: Caller,
  number: string,
  selection: string,
): Promise<Record<string, unknown> | null> {
  const { data, codes } = await ask(who, `query ($n: String!) { case(number: $n) { ${selection} } }`, {
    n: number,
  })
  expect(codes).toEqual([])
  return (data?.['case'] as Record<string, unknown> | null | undefined) ?? null
}

const SECRET = '13800138000'

describe('what happened off the main road', () => {
  it('is shown with the case: referral, refusal and its route (R4, R46)', async () => {
    const number = await register()
    const referral = {
      number,
      kind: 'REFER',
      department: WATER,
      followUpOn: '2026-11-09',
      note: `回电${SECRET}`,
    }
    await done(operator, 'referCase', { input: referral })
    const asked = 'referrals { kind department { code } note followUpOn }'
    const as = (note: string | null) => ({
      referrals: [{ kind: 'REFER', department: { code: WATER }, note, followUpOn: '2026-11-09' }],
    })
    expect(await shown(operator, number, asked)).toEqual(as(`回电${SECRET}`))
    expect(await shown(citizen, number, asked)).toEqual(as(null))
    expect(await shown(oversight, number, asked)).toEqual(as(null))
    const refused = await register()
    await done(operator, 'proposeRefusal', {
      input: { number: refused, reason: 'COURT', route: '向法院起诉' },
    })
    await done(office, 'decideRefusal', { number: refused, confirm: true })
    expect(
      await shown(citizen, refused, 'refusal { reason route confirmed } notices { about possible }'),
    ).toEqual({
      refusal: { reason: 'COURT', route: '向法院起诉', confirmed: true },
      notices: [{ about: 'REFUSED', possible: true }],
    })
    expect(await shown(portal, refused, 'notices { about }')).toEqual({ notices: [] })
  })

  it('shows a merged case and its master to whoever reaches the other', async () => {
    const [master, number] = [await register(), await register({ callerPhone: '13900139000' })]
    await done(office, 'mergeCase', { number, master })
    expect(await shown(office, number, 'mergedInto { number }')).toEqual({ mergedInto: { number: master } })
    expect(await shown(office, master, 'mergedCases { number }')).toEqual({ mergedCases: [{ number }] })
    const other = callerAs('PORTAL', { citizen: '13900139000' })
    expect(await shown(other, number, 'mergedInto { number }')).toEqual({ mergedInto: null })
    expect(await shown(citizen, master, 'mergedCases { number }')).toEqual({ mergedCases: [] })
  })

  it('shows what was verified to the desk in full and to units redacted (R57, R62)', async () => {
    const number = await register()
    const verification = `目击者电话${SECRET},路面塌陷`
    await done(operator, 'markEmergency', { input: { number, verification, departments: [WATER] } })
    expect(await shown(operator, number, 'verifications { text }')).toEqual({
      verifications: [{ text: verification }],
    })
    const seen = JSON.stringify(await shown(clerk(WATER), number, 'verifications { text }'))
    expect(seen).toContain('路面塌陷')
    expect(seen).not.toContain(SECRET)
    expect(await shown(portal, number, 'verifications { text }')).toEqual({ verifications: [{ text: null }] })
  })

  it("shows a leader's instruction to the unit it is addressed to and to no other (R52, R53)", async () => {
    const number = await register()
    await done(office, 'reportToLeader', { number, report: '管网老化' })
    const order = {
      number,
      leader: '分管副市长',
      text: '水务集团限期整改',
      on: '2026-11-02',
      targets: [WATER],
    }
    await done(leader, 'recordInstruction', { input: order })
    await dispatch(number, [WATER, HOUSING])
    const asked = 'instructions { leader text report targets { code } }'
    const whole = { leader: '分管副市长', text: '水务集团限期整改', targets: [{ code: WATER }] }
    expect(await shown(office, number, asked)).toEqual({ instructions: [{ ...whole, report: '管网老化' }] })
    expect(await shown(clerk(WATER), number, asked)).toEqual({ instructions: [{ ...whole, report: null }] })
    for (const who of [clerk(HOUSING), portal, citizen, oversight, callerAs('ADMIN')])
      expect(await shown(who, number, asked)).toEqual({ instructions: [] })
  })

  it('shows positions, reasons and requests to those who handle the case, and that it is on hold (R60, R71)', async () => {
    const number = await caseAt('HANDLING')
    const assignment = await taskOf(number)
    await done(clerk(WATER), 'requestExtension', { assignment, until: '2026-11-20', reason: '需协调产权' })
    await done(office, 'suspendCase', { number, reason: '等待鉴定' })
    const asked =
      'suspensions { reason resumedAt } assignments { suspended extensions { status until reason } }'
    const request = { status: 'REQUESTED', until: '2026-11-20', reason: '需协调产权' }
    expect(await shown(clerk(WATER), number, asked)).toEqual({
      suspensions: [{ reason: '等待鉴定', resumedAt: null }],
      assignments: [{ suspended: true, extensions: [request] }],
    })
    expect(await shown(portal, number, asked)).toEqual({
      suspensions: [{ reason: null, resumedAt: null }],
      assignments: [{ suspended: true, extensions: [{ ...request, reason: null }] }],
    })
    const disputed = await register()
    await dispatch(disputed, [WATER, HOUSING])
    const back = {
      assignment: await taskOf(disputed),
      reason: '不属职责',
      basis: '三定方案',
      suggested: LIXIA,
    }
    await done(clerk(WATER), 'requestReturn', back)
    const positions = [
      { department: WATER, text: '不属我单位' },
      { department: HOUSING, text: '应由供水单位' },
    ]
    await done(office, 'raiseDispute', { input: { number: disputed, positions } })
    const both =
      'disputes { settled positions { department { code } text } } assignments { returns { reason basis suggested { code } disputed } }'
    const seen = await shown(clerk(HOUSING), disputed, both)
    expect(seen).toMatchObject({ disputes: [{ settled: false, positions: [{ text: '不属我单位' }, {}] }] })
    expect(seen).toMatchObject({
      assignments: [{ returns: [{ reason: null, basis: null }] }, { returns: [] }],
    })
    expect(await shown(oversight, disputed, both)).toMatchObject({
      disputes: [{ positions: [{ text: null }, { text: null }] }],
    })
  })
})

describe('a reply', () => {
  const reply = {
    disposition: 'NON_CONFORMING',
    text: `已电话${SECRET}说明`,
    publicText: `已向示例甲(${SECRET})说明`,
    legalBasis: ['条例'],
    explanation: '不符合规划',
    contactedCaller: true,
  }

  it('is read whole by the hotline, its texts by who has a part in it, and in public without a person (R33)', async () => {
    const number = await register()
    await dispatch(number, [WATER, HOUSING])
    await sign(number, HOUSING)
    const assignment = await taskOf(number, HOUSING)
    await done(clerk(HOUSING), 'replyToAssignment', { input: { ...reply, assignment } })
    const redo = { assignment, accept: false, requirements: '补充依据', redoBy: '2026-11-06' }
    expect((await act(office, 'reviewReply', redo)).codes).toEqual([])
    const asked = 'assignments { replies { text publicText explanation requirements } }'
    const read = async (who: Caller) => JSON.stringify(await shown(who, number, asked))
    expect(await read(office)).toContain(SECRET)
    for (const who of [clerk(HOUSING), clerk(WATER)]) {
      expect(await read(who)).toContain('不符合规划')
      expect(await read(who)).toContain('补充依据')
      expect(await read(who)).not.toContain(SECRET)
    }
    for (const who of [portal, oversight, citizen]) {
      expect(await read(who)).not.toContain('不符合规划')
      expect(await read(who)).not.toContain('补充依据')
    }
    expect(await read(portal)).not.toContain(SECRET)
    expect(await read(citizen)).toContain(SECRET)
  })

  it('and an answer at once are redacted in public as the content is', async () => {
    const number = await register()
    await done(operator, 'answerDirectly', {
      input: { number, text: `请示例甲拨打${SECRET}`, reason: '政策明确' },
    })
    expect(JSON.stringify(await shown(portal, number, 'answer { text reason }'))).not.toMatch(/138|政策明确/)
    expect(JSON.stringify(await shown(citizen, number, 'answer { text reason }'))).toContain(SECRET)
  })
})
