import { dayOf } from '@hub/kit/day.ts'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { hubEnvironment } from '../support/hub.ts'
import { runHub } from '../support/run-hub.ts'
import { openSharedHub } from '../support/shared-hub.ts'

const hub = await openSharedHub()
const env = { ...hubEnvironment(hub.dataFolder), PORT: new URL(hub.url).port }

describe('hub duty-log', () => {
  it('prints what was registered, through the gateway, and who read it stands in the record (R38)', async () => {
    const register = `mutation { registerCase(input: { title: "值班记录一", content: "路灯不亮", channel: PHONE,
      matterType: HELP, callerType: NATURAL_PERSON, callerName: "示例丙", callerPhone: "13700137001" }) { number } }`
    const { data } = await hub.graphql(await hub.token('OPERATOR'), register)
    const registered = data?.['registerCase'] as { number: string } | undefined
    const number = registered?.number ?? ''
    const { code, out, err } = await runHub(['duty-log', dayOf(new Date())], env)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(`| ${number} | `)
    expect(out).toContain('示例丙 |  | 13700137001 | 值班记录一 | 路灯不亮 |')
    const asked = `{ callerReveals(number: "${number}") { subject reason } }`
    const reveals = await hub.graphql(await hub.token('OFFICE'), asked)
    expect(reveals.data?.['callerReveals']).toEqual([
      { subject: 'operator:duty-log', reason: `OPERATOR: duty log of ${dayOf(new Date())} ALL` },
    ])
  })

  it('says in one sentence what is wrong with a day, a shift or the hub', async () => {
    expect((await runHub(['duty-log', '2026-02-30'], env)).err).toContain('"2026-02-30" is not a day')
    expect((await runHub(['duty-log', '2026-11-23', '--shift', 'NOON'], env)).err).toContain('"NOON"')
    const away = ['duty-log', '2026-11-23', '--url', 'http://127.0.0.1:9/graphql']
    expect((await runHub(away, env)).err).toContain('No hub answers')
  })
})

describe('hub policy', () => {
  it('takes the limits of a city in from a day on, lists them, and says why not (R8)', async () => {
    const file = path.join(hub.dataFolder, 'policy.json')
    const policy = { city: 'QD', version: 'QD-2031-1', effectiveFrom: '2031-01-01', legalBasis: ['示例规则'] }
    writeFileSync(file, JSON.stringify({ ...policy, replyWorkingDays: 5, capWorkingDays: 15 }))
    const first = await runHub(['policy', 'import', file], env)
    expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: '' })
    const { out } = await runHub(['policy', 'list', '--json'], env)
    const listed = JSON.parse(out) as readonly { version: string; replyWorkingDays: number }[]
    expect(listed.map(({ version }) => version)).toEqual(['JN-2018-1', 'QD-2031-1'])
    writeFileSync(file, JSON.stringify({ ...policy, replyWorkingDays: 6, capWorkingDays: 15 }))
    const { code, err } = await runHub(['policy', 'import', file], env)
    expect(code).toBe(1)
    expect(err.trim().split('\n')).toEqual([
      'The policy version QD-2031-1 cannot be taken in: QD-2031-1: twice.',
    ])
  })
})

describe('hub calendar import', () => {
  it('says in one sentence what a notice lacks, and takes nothing in', async () => {
    const file = path.join(hub.dataFolder, 'partial.csv')
    writeFileSync(file, '2032-01-01,HOLIDAY,元旦\n')
    const { code, err } = await runHub(['calendar', 'import', '2032', file], env)
    expect(code).toBe(1)
    expect(err.trim().split('\n')).toEqual(['The holiday notice of 2032 is not whole: 2032-05-01: missing.'])
  })

  it('takes the notice of a year in, once, and says how many dates moved (R59)', async () => {
    const file = path.join(hub.dataFolder, 'notice.csv')
    const fixed = ['01-01', '05-01', '10-01', '10-02', '10-03'].map((day) => `2031-${day},HOLIDAY,法定节假日`)
    writeFileSync(file, fixed.join('\n'))
    const first = await runHub(['calendar', 'import', '2031', file, '--json'], env)
    expect({ code: first.code, said: JSON.parse(first.out) }).toEqual({
      code: 0,
      said: { changed: true, moved: 0 },
    })
    const asked = '{ workingDay(after: "2031-09-30", days: 1) { on provisional } }'
    const { data } = await hub.graphql(await hub.token('OPERATOR'), asked)
    expect(data?.['workingDay']).toEqual({ on: '2031-10-06', provisional: false })
    writeFileSync(file, fixed.slice(1).join('\n'))
    const half = await runHub(['calendar', 'import', '2031', file], env)
    expect({ code: half.code, err: half.err }).toMatchObject({
      code: 1,
      err: expect.stringContaining('2031-01-01'),
    })
  })
})

describe('hub audit verify', () => {
  it('finds the record of a running hub whole', async () => {
    const { code, out } = await runHub(['audit', 'verify', '--json'], env)
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ broken: [] })
  })
})
