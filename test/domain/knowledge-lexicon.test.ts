import { readLexiconFile } from '@hub/knowledge/domain/lexicon-file.ts'
import { compileLexicon } from '@hub/knowledge/domain/lexicon.ts'
import { askIn } from '@hub/knowledge/domain/ask.ts'
import { clashOf } from '@hub/knowledge/domain/contrast.ts'
import { describe, expect, it } from 'vitest'

const lexicon = compileLexicon([
  ...readLexiconFile('rewrites', 'REWRITE', '我 : 俺 俺们\n孩子 : 娃'),
  ...readLexiconFile('classes', 'CLASS', '@老人 : 父亲 母亲'),
  ...readLexiconFile('expansions', 'EXPANSION', '失能 护理 : @老人+瘫 卧床\n欺凌 : 娃+堵'),
  ...readLexiconFile('subjects', 'SUBJECT', '猫 小猫 :\n狗 : 养犬 # 犬'),
  ...readLexiconFile('cues', 'HINT', '僵尸车 : 轱辘 瘪 挪窝\n路灯 : 黑\n电梯 : 黑'),
  ...readLexiconFile(
    'contrasts',
    'CONTRAST',
    '车 : 自行车\n车 : 电动自行车 电瓶车\n保险 : 医保\n保险 : 养老保险',
  ),
  ...readLexiconFile('asks', 'ASK', '元 标准 : 收…钱\n- : 哪种…好'),
  ...readLexiconFile('places', 'PLACE', '北京 上海'),
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

  it('tell things of one kind apart, the longest word first', () => {
    const { contrasts } = lexicon
    const asked = contrasts.namedIn('电动自行车怎么上牌')
    const clash = (about: string, body: string): number =>
      clashOf(asked, { about: contrasts.namedIn(about), body: contrasts.namedIn(body) })
    expect(clash('电瓶车登记', '')).toBe(0)
    expect(clash('自行车停放', '')).toBe(1)
    expect(clash('自行车停放', '也适用于电瓶车')).toBe(0.5)
    expect(clash('医保缴费', '')).toBe(0)
  })

  it('know what kind of answer is asked for', () => {
    expect(lexicon.asksIn('办这个要收多少钱').map(({ terms }) => terms)).toEqual([['元', '标准']])
    expect(lexicon.asksIn('哪种颜色好').map(({ terms }) => terms)).toEqual([[]])
    expect(lexicon.placesIn('从北京来')).toEqual(['北京'])
  })

  it('refuse a line that does not follow the form, and say which', () => {
    expect(() => readLexiconFile('classes', 'CLASS', '# ok\n@老人 父亲')).toThrowError(/2.*classes/)
  })
})

describe('what a story asks', () => {
  it('is the last sentence that asks, or else wants something', () => {
    const told = '我家楼上天天半夜拖桌子,孩子根本睡不好觉,说了好几回都不听,物业也来看过两次了。'
    expect(askIn(`${told}这种情况归谁管?谢谢了。`)).toBe('这种情况归谁管')
    expect(askIn(`${told}希望有人来劝劝。`)).toBe('希望有人来劝劝')
    expect(askIn(told)).toBeNull()
  })

  it('is the whole of a short text', () => {
    expect(askIn('漏水了,找谁?')).toBe('漏水了,找谁?')
  })
})
