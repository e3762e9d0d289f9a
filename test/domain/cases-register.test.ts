import { describe, expect, it } from 'vitest'
import { normalisePhone } from '@hub/cases/domain/phone.ts'
import { decideRegister, type RegisterCase } from '@hub/cases/domain/register.ts'
import { channels, callerTypes, matterTypes } from '@hub/cases/domain/values.ts'
import {
  aCall,
  DAY,
  office,
  on,
  operator,
  portalOf,
  refusalOf,
  registered,
  unitOf,
} from '../support/cases-world.ts'

const refused = (more: Partial<RegisterCase>, context = on(DAY, operator)) =>
  refusalOf(() => decideRegister({ ...aCall, ...more }, context))

describe('a call', () => {
  it('is registered with caller, time, content and who took it (R39, R40, R41, R42, R43, R44, R98)', () => {
    const { case: subject, caller } = registered()
    expect(subject).toMatchObject({
      number: aCall.number,
      content: aCall.content,
      status: 'REGISTERED',
      urgency: 'NORMAL',
      confidential: false,
      registeredBy: 'operator',
      receivedAt: on(DAY, operator).now,
    })
    expect(caller).toMatchObject({ name: '刘勇', phone: '19900000146', phoneValid: true })
  })

  it('comes over every channel and from every kind of caller (R6, R91, R92)', () => {
    for (const channel of channels) expect(registered({ channel }).case.channel).toBe(channel)
    for (const callerType of callerTypes) expect(registered({ callerType }).case.callerType).toBe(callerType)
  })

  it('is of one of six kinds (R1, R2, R3, R4, R5, R7)', () => {
    for (const matterType of matterTypes) expect(registered({ matterType }).case.matterType).toBe(matterType)
  })

  it('is confidential by default when it reports danger (R5)', () => {
    expect(registered({ matterType: 'REPORT' }).case.confidential).toBe(true)
    expect(registered({ matterType: 'REPORT', confidential: false }).case.confidential).toBe(false)
    expect(registered({ confidential: true }).case.confidential).toBe(true)
  })

  it('keeps nothing of an anonymous caller (R6)', () => {
    expect(registered({ anonymous: true }).caller).toBeNull()
    expect(registered({ callerName: null, callerPhone: ' ' }).caller).toBeNull()
  })

  it('is refused when nobody could read anything in it', () => {
    for (const content of ['', '  \n', '\u0000\u0007', '\u200b\u202e', '\u3000'])
      expect(refused({ content })).toBe('CONTENT_BLANK')
  })

  it('keeps emoji, script and every language, and drops what cannot be seen', () => {
    const script = '😡😡 我的年卡 <img src=x onerror=alert(1)> please help'
    expect(registered({ content: script }).case.content).toBe(script)
    expect(registered({ content: '小区\u200b里流\u202e浪狗\u0007\t\r\n\n换行' }).case.content).toBe(
      '小区里流浪狗\t\n\n换行',
    )
    expect(registered({ content: '水\ud83d管\u0000' }).case.content).toBe('水\ufffd管')
    expect(registered({ title: '零\u200b宽\u200b字' }).case.title).toBe('零宽字')
  })

  it('without a title takes one from its content', () => {
    expect(registered({ title: '', content: '枫汇山庄不热 两天了' }).case.title).toBe('枫汇山庄不热 两天了')
    expect(registered({ title: ' ', content: '。\n水管坏了。请修' }).case.title).toBe('水管坏了')
    expect(registered({ title: '', content: '长'.repeat(80) }).case.title).toBe(`${'长'.repeat(30)}…`)
  })

  it('was not received in the future nor absurdly long ago', () => {
    expect(refused({ receivedAt: new Date('2026-03-10T10:30:00+08:00') })).toBe('RECEIVED_IN_FUTURE')
    expect(refused({ receivedAt: new Date('2026-03-10T10:04:00+08:00') })).toBe('NOT REFUSED')
    expect(refused({ receivedAt: new Date('1970-01-01T00:00:00Z') })).toBe('RECEIVED_TOO_LONG_AGO')
    expect(refused({ receivedAt: new Date('2025-03-10T10:00:00+08:00') })).toBe('NOT REFUSED')
  })

  it('names as complained of only organisations that exist (R97)', () => {
    expect(registered({ complainedOf: ['WATER', 'WATER'] }).case.complainedOf).toEqual(['WATER'])
    expect(refused({ complainedOf: ['WATR'] })).toBe('DEPARTMENT_NOT_FOUND')
  })

  it('is taken in by the desk and by portals, and by nobody else', () => {
    expect(refused({}, on(DAY, office))).toBe('NOT REFUSED')
    expect(refused({}, on(DAY, unitOf('WATER')))).toBe('FORBIDDEN')
    expect(refused({}, on(DAY, { ...operator, role: 'OVERSIGHT' }))).toBe('FORBIDDEN')
    expect(refused({}, on(DAY, { ...operator, role: 'LEADER' }))).toBe('FORBIDDEN')
    expect(refused({}, on(DAY, { ...operator, role: 'ADMIN' }))).toBe('FORBIDDEN')
  })

  it('through a portal belongs to its district and to the citizen it acts for', () => {
    const portal = on(DAY, portalOf('历下区'))
    expect(registered({ district: null }, portal).case.district).toBe('历下区')
    expect(refused({ district: '市中区' }, portal)).toBe('FORBIDDEN')
    const citizen = on(DAY, portalOf('历下区', '19900000146'))
    expect(registered({ callerPhone: null }, citizen).caller?.phone).toBe('19900000146')
    expect(refused({ callerPhone: '+86 199 0000 0146' }, citizen)).toBe('NOT REFUSED')
    expect(refused({ callerPhone: '13800000000' }, citizen)).toBe('FORBIDDEN')
  })

  it('refuses text beyond what the hub takes, and says how much that is', () => {
    expect(refused({ content: '水'.repeat(20_001) })).toBe('TEXT_TOO_LONG')
    expect(refused({ callerName: '刘'.repeat(201) })).toBe('TEXT_TOO_LONG')
  })
})

describe('a phone number', () => {
  it.each([
    ['19900000146', '19900000146'],
    ['１９９００００１２３４', '19900001234'],
    ['+86 199-0000-0146', '19900000146'],
    ['0086 19900000146', '19900000146'],
    ['86 19900000146', '19900000146'],
    ['0531-00000000', '0531-00000000'],
    ['（0531）8888 8888 转 801', '0531-88888888-801'],
    ['+86 531 88888888', '0531-88888888'],
    ['010-65880000', '010-65880000'],
    ['88888888', '0531-88888888'],
    ['+1 415 555 0100', '+14155550100'],
  ])('%s is read as %s', (given, phone) => {
    expect(normalisePhone(given)).toEqual({ phone, valid: true })
  })

  it.each(['13800', '没有电话', '1990000014', '199000001460'])(
    '%s is kept as given, marked unreadable',
    (given) => {
      expect(normalisePhone(` ${given}`)).toEqual({ phone: given, valid: false })
      expect(registered({ callerPhone: given }).caller).toMatchObject({ phone: given, phoneValid: false })
    },
  )
})
