import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { assessUrgency, readText, signsIn } from '@hub/cases/domain/urgency.ts'

const urgencyOf = (content: string, title = ''): string => assessUrgency(title, content).urgency

/** Of a processor, in microseconds: what other processes do meanwhile does not count. */
const SECOND = 1_000_000

/** Invented calls, one a line. */
const lines = (file: string): string[] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n')

const EMERGENCIES = lines('triage-emergencies.txt')

/** Denied, supposed, asked about, over, or merely worded alike. */
const NO_EMERGENCIES = lines('triage-no-emergencies.txt')

describe('words that point to danger for life or property', () => {
  it.each(EMERGENCIES)('make it critical, with the words as reason: %s (R56)', (content) => {
    const { urgency, reasons } = assessUrgency('', content)
    expect(urgency).toBe('CRITICAL')
    for (const reason of reasons) expect(content.toLowerCase()).toContain(/“(.+)”/.exec(reason)?.[1])
    expect(reasons.length).toBeGreaterThan(0)
  })

  it.each(NO_EMERGENCIES)('do not when nothing is in danger now: %s (R56)', (content) => {
    expect(urgencyOf(content)).not.toBe('CRITICAL')
  })

  it('count in the title as in the text, and however they are written', () => {
    expect(urgencyOf('', '楼道里着火了')).toBe('CRITICAL')
    expect(urgencyOf('楼道\u200b着\u202e火了')).toBe('CRITICAL')
    expect(urgencyOf('ＧＡＳ　ＬＥＡＫ in the hall')).toBe('CRITICAL')
  })

  it.each([
    '再不让停车我就要上吊了,开玩笑的,就是发发牢骚',
    '我的身份证掉进河里了,补一个要带什么',
    '安全门从外面锁着,真着起火来谁也跑不掉',
  ])('are no sign when taken back, said of a thing or only supposed: %s (R56)', (content) => {
    const { text, clauses } = readText('', content)
    expect(signsIn(text, clauses)).toEqual([])
  })

  it('are heard at the end of a long grievance (R56)', () => {
    const grievance = '开发商说前年交房,后来又改口,物业费照收,要求退款退费,一直没人管,请处理答复。'.repeat(6)
    expect(urgencyOf(grievance)).not.toBe('CRITICAL')
    expect(urgencyOf(`${grievance}安眠药刚才我吃下去了,半瓶,头有点迷糊`)).toBe('CRITICAL')
  })

  it('are heard again when what was mended has broken again (R56)', () => {
    expect(urgencyOf('上周的燃气泄漏已修好')).not.toBe('CRITICAL')
    expect(urgencyOf('上周的燃气泄漏修好了,今天又漏气了')).toBe('CRITICAL')
  })
})

describe('distress that cannot wait, and what can', () => {
  it.each([
    ['整个小区停暖三天了,老人孩子冻得不行', 'URGENT'],
    ['从昨晚开始停水,做饭都没水', 'URGENT'],
    ['拖欠农民工工资四个月', 'URGENT'],
    ['污水倒灌进一楼住户家里', 'URGENT'],
    ['电梯异响,检验过期', 'URGENT'],
    ['消防通道被私家车堵死', 'URGENT'],
    ['我们两百多名司机联名,再不解决就停运', 'URGENT'],
    ['请问高龄津贴怎么申请', 'NORMAL'],
    ['路灯不亮', 'NORMAL'],
    ['楼上邻居晚上跳绳', 'NORMAL'],
    ['', 'NORMAL'],
  ])('%s → %s', (content, urgency) => {
    expect(urgencyOf(content)).toBe(urgency)
  })

  it('are told from a long text without delay', () => {
    const before = process.cpuUsage()
    expect(urgencyOf('路灯不亮,请维修。'.repeat(2000))).toBe('NORMAL')
    expect(process.cpuUsage(before).user).toBeLessThan(SECOND)
  })

  it.each(['如果有人倒了,', '没人晕倒', '担心楼上掉下来砸到人', '烟烟味味气气'])(
    'are told without delay from %s said over and over',
    (words) => {
      const before = process.cpuUsage()
      assessUrgency('', words.repeat(Math.floor(20_000 / words.length)))
      expect(process.cpuUsage(before).user).toBeLessThan(SECOND)
    },
  )
})
