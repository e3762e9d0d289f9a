import { readLexiconFile } from '@hub/knowledge/domain/lexicon-file.ts'
import { compileLexicon } from '@hub/knowledge/domain/lexicon.ts'
import { describe, expect, it } from 'vitest'

const lexicon = compileLexicon([
  ...readLexiconFile('rewrites', 'REWRITE', '我 : 俺 俺们\n孩子 : 娃'),
  ...readLexiconFile('classes', 'CLASS', '@老人 : 父亲 母亲'),
  ...readLexiconFile('expansions', 'EXPANSION', '失能 护理 : @老人+瘫 卧床\n欺凌 : 娃+堵'),
  ...readLexiconFile('subjects', 'SUBJECT', '猫 小猫 :\n狗 : 养犬 # 犬'),
  ...readLexiconFile('cues', 'HINT', '僵尸车 : 轱辘 瘪 挪窝\n路灯 : 黑\n电梯 : 黑'),
  ...readLexiconFile('everyday', 'EVERYDAY', '怎么办 我'),
])

describe('the word lists', () => {
  it('rewrite dialect, the longest first', () => {
    expect(lexicon.rewrite('俺们家的娃')).toBe('我家的孩子')
  })

  it('find a saying when all its parts stand in the text, in any order', () => {
    expect(lexicon.sayingsIn('瘫在床上的是我父亲').map(({ terms }) => terms)).toEqual([['失能', '护理']])
    expect(lexicon.sayingsIn('我父亲身体很好')).toEqual([])
  })

  it('may themselves be written in dialect', () => {
    expect(lexicon.sayingsIn(lexicon.rewrite('娃叫人堵厕所里'))).toHaveLength(1)
  })

  it('name subjects once, the longest, with what else counts as them', () => {
    expect(lexicon.subjectsIn('小猫和狗')).toEqual([
      { subject: '小猫', covers: ['小猫'] },
      { subject: '狗', covers: ['狗', '养犬'] },
    ])
  })

  it('take several hints together for a matter, and a hint that many matters share for little', () => {
    const [first] = lexicon.hintedIn('轱辘都瘪了,没挪窝')
    expect(first).toMatchObject({ terms: ['僵尸车'] })
    expect(lexicon.hintedIn('黑')).toEqual([])
  })

  it('refuse a line that does not follow the form, and say which', () => {
    expect(() => readLexiconFile('classes', 'CLASS', '# ok\n@老人 父亲')).toThrowError(/2.*classes/)
  })
})
