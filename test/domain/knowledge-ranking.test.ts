import { isInForce, statusOn, type ArticleVersion } from '@hub/knowledge/domain/article.ts'
import { weighEvidence } from '@hub/knowledge/domain/evidence.ts'
import { passageOf } from '@hub/knowledge/domain/passage.ts'
import type { Question } from '@hub/knowledge/domain/question.ts'
import { scoreOf, type RankedText } from '@hub/knowledge/domain/rank.ts'
import { describe, expect, it } from 'vitest'

const even = (): number => 0.8
const clear = { best: 2, second: 1, agreement: 1 / 3, clash: 0 }
const dogRule: RankedText = {
  title: '养犬登记与犬只扰民处理',
  keywords: ['狗证', '打疫苗'],
  body: '饲养犬只应当免疫 领取犬证',
}

function question(words: readonly string[], more: Partial<Question> = {}): Question {
  const weights = new Map(words.map((word) => [word, 1]))
  return {
    text: words.join(''),
    asPut: words.join(''),
    words,
    weights,
    pairs: [],
    synonyms: [],
    sayings: [],
    hinted: [],
    ask: words.join(''),
    isStory: false,
    asks: [],
    named: new Map(),
    places: [],
    told: false,
    spoken: false,
    subjects: [],
    ...more,
  }
}

describe('the evidence for an answer', () => {
  it('is enough when the article speaks of what the question is about', () => {
    expect(weighEvidence(question(['狗证', '疫苗']), dogRule, even, clear, null).answerable).toBe(true)
  })

  it('is not enough when the subject is another: a cat under a dog rule', () => {
    const cat = question(['办证', '疫苗'], { subjects: [{ subject: '猫', covers: ['猫'] }] })
    expect(weighEvidence(cat, dogRule, even, clear, null).answerable).toBe(false)
    const dog = question(['办证', '疫苗'], { subjects: [{ subject: '狗', covers: ['狗', '养犬'] }] })
    expect(weighEvidence(dog, dogRule, even, clear, null).answerable).toBe(true)
  })

  it('is not enough when the article is about another thing of the same kind, or the rules of elsewhere are asked for', () => {
    const asked = question(['狗证', '疫苗'])
    expect(weighEvidence(asked, dogRule, even, { ...clear, clash: 1 }, null).answerable).toBe(false)
    expect(weighEvidence({ ...asked, places: ['北京'] }, dogRule, even, clear, null).answerable).toBe(false)
  })

  it('is not enough when the article lacks what an answer of the kind asked for needs', () => {
    const price = { phrase: '多少钱', terms: ['元', '免费'] }
    const asked = question(['狗证', '疫苗'], { asks: [price] })
    expect(weighEvidence(asked, dogRule, even, clear, null).answerable).toBe(false)
    const priced = { ...dogRule, body: `${dogRule.body} 免费` }
    expect(weighEvidence(asked, priced, even, clear, null).answerable).toBe(true)
    const taste = { phrase: '哪种好', terms: [] }
    expect(weighEvidence({ ...asked, asks: [taste] }, priced, even, clear, null).answerable).toBe(false)
  })

  it('is combined: what is missing makes it unlikelier, what is known makes it likelier', () => {
    const plain = weighEvidence(question(['狗证', '律师函']), dogRule, even, clear, null).likelihood
    const unheard = weighEvidence(
      question(['狗证', '律师函', '证监会']),
      dogRule,
      () => 0.95,
      clear,
      null,
    ).likelihood
    const hint = { terms: ['养犬', '狗证'], words: ['绳子', '追着咬'], strength: 3 }
    const hinted = question(['狗证', '律师函'], { hinted: [hint] })
    expect(unheard).toBeLessThan(plain)
    expect(weighEvidence(hinted, dogRule, even, clear, null).likelihood).toBeGreaterThan(plain)
  })

  it('does not fade in a long text: what a caller tells besides weighs little', () => {
    const asides = Array.from({ length: 40 }, (_, n) => `旁白${n}`)
    const long = question(['狗证', '打疫苗', ...asides], { told: true })
    expect(weighEvidence(long, dogRule, even, clear, null).answerable).toBe(true)
  })
})

describe('the ranking', () => {
  it('prefers an article that is about a word to one that mentions it', () => {
    const mention: RankedText = { title: '物业服务', keywords: [], body: '小区不得养犬 狗证' }
    const asked = question(['狗证'])
    expect(scoreOf(asked, dogRule, even)).toBeGreaterThan(scoreOf(asked, mention, even))
  })

  it('finds an article by what a saying stands for, without a common word', () => {
    const asked = question([], { sayings: [{ parts: ['恶犬'], terms: ['犬只', '养犬'] }] })
    expect(scoreOf(asked, dogRule, even)).toBeGreaterThan(0)
  })
})

describe('the passage that answers', () => {
  const body = '养犬人应当守法。携犬出户应当系犬绳。违者罚款。'
  const same = (text: string): string => text

  it('is the sentence with the words of the question, as written', () => {
    expect(passageOf(question(['犬绳']), body, same, even)).toBe('携犬出户应当系犬绳。')
  })

  it('is the first sentence when none has any', () => {
    expect(passageOf(question(['火箭']), body, same, even)).toBe('养犬人应当守法。')
  })
})

describe('a version', () => {
  const version: ArticleVersion = {
    id: 'A',
    version: 1,
    title: 't',
    body: 'b',
    category: 'c',
    legalBasis: [],
    issuingBody: null,
    documentNumber: null,
    department: null,
    keywords: [],
    region: '济南市',
    inForceFrom: '2026-01-01',
    inForceUntil: '2026-06-30',
    status: 'SUPERSEDED',
    reviewedAt: null,
  }

  it('answers on its last day and not on the next (R8)', () => {
    expect(isInForce(version, '2026-06-30')).toBe(true)
    expect(isInForce(version, '2026-07-01')).toBe(false)
    expect(isInForce({ ...version, status: 'DRAFT' }, '2026-03-01')).toBe(false)
  })

  it('is still published on the days before its successor takes effect', () => {
    expect(statusOn(version, '2026-06-30')).toBe('PUBLISHED')
    expect(statusOn(version, '2026-07-01')).toBe('SUPERSEDED')
    expect(statusOn({ ...version, status: 'PUBLISHED' }, '2026-07-01')).toBe('EXPIRED')
  })
})
