import { describe, expect, it } from 'vitest'
import { placeWords } from '@hub/cases/domain/place-words.ts'
import { similarWords, type SimilarText } from '@hub/cases/domain/similar-reading.ts'
import { rankSimilar, scoreSimilarity } from '@hub/cases/domain/similar.ts'

const at = (day: string): Date => new Date(`${day}T09:00:00+08:00`)
const told = (content: string, more: Partial<SimilarText> = {}): SimilarText => ({
  title: '',
  content,
  district: '历城区',
  receivedAt: at('2026-01-14'),
  ...more,
})
const alike = (a: SimilarText, b: SimilarText): boolean => scoreSimilarity(a, b) >= 0.5

describe('two cases of one event', () => {
  it.each([
    ['云栖佳苑整个小区停暖两天了,老人孩子受不了', '我住云栖佳苑6号楼,暖气昨晚突然冰凉,什么时候能修好'],
    ['洪山路36号院门口污水井往外冒水', '洪山路这边下水道堵了,污水流到人行道上'],
    ['在蓝鲸漫游泳馆办的年卡,今天去发现关门了', '蓝鲸漫游三家店老板联系不上,会员退费没人管'],
    ['学苑街路灯全灭了,晚上看不见', '学苑街路灯不亮好几天'],
  ])('are told whatever the wording: %s / %s', (a, b) => {
    expect(alike(told(a), told(b))).toBe(true)
  })

  it('are told by a town without its kind, the matter and the day (R53)', () => {
    const a = told('曲水街道福运楼喜宴上,三十多人上吐下泻')
    expect(alike(a, told('在曲水吃喜酒,一桌一桌的人呕吐跑厕所'))).toBe(true)
  })

  it('are told from the title too, and by full-width or unseen characters', () => {
    const a = told('家里十四度', { title: '云栖佳苑停暖' })
    expect(alike(a, told('云\u200b栖佳苑停暖'))).toBe(true)
  })
})

describe('two cases of different events', () => {
  it.each([
    [
      'the same words at unlike places',
      '明辉路突然停电,变压器冒火花,请尽快抢修',
      '青石路突然停电,变压器冒火花,请尽快抢修',
    ],
    ['unlike matters at one place', '匡河小区有人遛大型犬不牵绳', '匡河小区什么时候能办房产证'],
    ['two questions of policy', '请问高龄津贴怎么申请', '请问低保怎么申请'],
    ['unlike matters without a place', '路灯不亮', '工资拖欠三个月'],
  ])('are not taken for one: %s', (_what, a, b) => {
    expect(alike(told(a), told(b))).toBe(false)
  })

  it('are not taken for one when one tells of a danger now and the other gives thanks for it afterwards', () => {
    const now = told('辛和路9号院二单元燃气管断了呲呲往外漏,快来人')
    expect(alike(now, told('感谢师傅把我们辛和路9号院的软管都换了新的,送面锦旗'))).toBe(false)
  })

  it('are not taken for one in another district, nor when long past', () => {
    const a = told('暖气不热')
    expect(alike(a, told('暖气不热', { district: '商河县' }))).toBe(false)
    const then = told('学苑街路灯不亮')
    expect(alike(then, told('学苑街路灯不亮'))).toBe(true)
    expect(alike(then, told('学苑街路灯不亮', { receivedAt: at('2026-12-14') }))).toBe(false)
  })

  it('score the same either way round, between 0 and 1', () => {
    const a = told('云栖佳苑停暖两天了')
    const b = told('洪山路停水')
    expect(scoreSimilarity(a, b)).toBe(scoreSimilarity(b, a))
    expect(scoreSimilarity(a, a)).toBeLessThanOrEqual(1)
    expect(scoreSimilarity(a, a)).toBeGreaterThan(0.8)
    expect(scoreSimilarity(told(''), told(''))).toBeGreaterThanOrEqual(0)
  })
})

describe('similar cases, ranked', () => {
  const candidate = (number: string, content: string, sameCaller = false) => ({
    number,
    sameCaller,
    ...told(content),
  })

  it('are the alike ones only, most alike first, no more than asked for', () => {
    const found = rankSimilar(
      told('云栖佳苑停暖两天,客服打不通'),
      [
        candidate('1', '洪山路路灯不亮'),
        candidate('2', '云栖佳苑暖气不热'),
        candidate('3', '云栖佳苑停暖两天,客服电话打不通'),
      ],
      5,
    )
    expect(found.map(({ number }) => number)).toEqual(['3', '2'])
    expect(
      rankSimilar(
        told('云栖佳苑停暖'),
        [candidate('2', '云栖佳苑暖气不热'), candidate('3', '云栖佳苑停暖')],
        1,
      ),
    ).toHaveLength(1)
  })

  it('take in the same caller’s own matter though the words are few, not another matter', () => {
    const found = rankSimilar(
      told('我家暖气还是不热'),
      [candidate('1', '家里暖气不热,请上门测温', true), candidate('2', '工资被拖欠', true)],
      5,
    )
    expect(found).toMatchObject([{ number: '1', sameCaller: true }])
  })

  it('never rest on a caller’s data: phones and ID numbers are neither searched nor compared', () => {
    const words = similarWords('', '联系我 13812345678,身份证 370102199001011234,暖气不热')
    expect(words.join(' ')).not.toMatch(/138|3701/)
    const a = told('电话 13812345678')
    expect(scoreSimilarity(a, told('电话 13812345678'))).toBe(scoreSimilarity(a, told('电话 13900001111')))
  })

  it('are sought by telling words before everyday ones', () => {
    expect(similarWords('', '云栖佳苑停暖').slice(0, 3)).toEqual(['云栖', '栖佳', '佳苑'])
  })
})

describe('the places a text names', () => {
  it.each([
    ['我住在枫林山庄3号楼', ['枫林山庄']],
    ['唐冶街道唐冶中路工地', ['冶中路']],
    ['整个小区都没暖气,修路也没人管', []],
    ['我们村没水', []],
  ])('%s → %j', (text, places) => {
    expect([...placeWords(text).fine]).toEqual(places)
  })
})
