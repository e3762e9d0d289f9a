import { KnownQuestions, type KnownQuestion } from '@hub/knowledge/domain/known.ts'
import { describe, expect, it } from 'vitest'

const matters = '噪声 油烟 落户 医保 养犬 停车 供暖 燃气 电梯 积水'.split(' ')
const asked: KnownQuestion[] = matters.flatMap((matter, at) =>
  Array.from({ length: 12 }, (_, number) => ({
    question: `第${number}号来电问${matter}怎么办理${'甲乙丙丁戊己庚辛壬癸子丑'.charAt(number)}`,
    articles: [`A-${at}`],
  })),
)
const refused: KnownQuestion[] = '护照 股票 彩票 航班 相亲 星座 菜谱 钢琴 滑雪 考研'
  .split(' ')
  .flatMap((matter) =>
    Array.from({ length: 12 }, (_, number) => ({
      question: `第${number}号来电问${matter}怎么弄${'甲乙丙丁戊己庚辛壬癸子丑'.charAt(number)}`,
      articles: [],
    })),
  )
const known = new KnownQuestions([...asked, ...refused])
const article = { title: '噪声污染防治', keywords: ['噪声'], body: '夜间噪声由城管办理' }

describe('known questions', () => {
  it('speak for an article that answered a similar one, and for a question in words that were covered (R1)', () => {
    const evidence = known.evidenceFor('噪声怎么办理', 'A-0', article)
    expect(evidence?.nearSame).toBeGreaterThan(0.4)
    expect(evidence?.nearSame).toBe(evidence?.nearAnswered)
    expect(evidence?.usual).toBeGreaterThan(0)
    expect(evidence?.vote).toBeGreaterThan(0)
  })

  it('speak against a question like one that nothing answered (R1)', () => {
    const evidence = known.evidenceFor('钢琴怎么弄', 'A-0', article)
    expect(evidence?.nearRefused).toBeGreaterThan(evidence?.nearAnswered ?? 1)
    expect(evidence?.nearSame).toBeLessThan(0.3)
    expect(evidence?.usual).toBeLessThan(0)
    expect(evidence?.vote).toBeLessThan(0)
  })

  it('tell how much of a question an article has, in its heading and anywhere', () => {
    const evidence = known.evidenceFor('夜间噪声护照', 'A-0', article)
    expect(evidence?.pairsHad).toBeGreaterThan(0.4)
    expect(evidence?.pairsHad).toBeLessThan(0.9)
    expect(evidence?.pairsHeading).toBeLessThan(evidence?.pairsHad ?? 0)
  })

  it('say nothing where few are known, or none after some are left out', () => {
    expect(new KnownQuestions(asked).evidenceFor('噪声怎么办理', 'A-0', article)).toBeNull()
    const few = known.without(({ articles }) => articles.length === 0)
    expect(few.questions).toHaveLength(asked.length)
    expect(few.evidenceFor('噪声怎么办理', 'A-0', article)).toBeNull()
  })
})
