import { refuse } from './errors.ts'
import type { LexiconEntry, LexiconKind } from './lexicon.ts'

const WORDS = /\s+/

/**
 * Reads a maintained word list. One thing per line, `#` begins a remark:
 *   rewrites     我 : 俺 俺们             the standard word, then how it is said
 *   synonyms     补贴 : 贴钱 心意       the standard words, then what else says them
 *   classes      @老人 : 老爷子 老太太     a name, then its members
 *   expansions   失能 护理 : 瘫+炕 卧床    the terms of articles, then what people say
 *   cues         the same form as expansions     words that hint only together with others
 *   subjects     狗 小狗 : 养犬          words an answer must speak of, then further words that count as that
 *   contrasts    社会保险 : 医保 医疗保险   a kind of things, then the words for one of them
 *   asks         元 标准 : 多少钱        words of which an answer needs one (`-`: none answers), then how it is asked
 *   everyday, words, places              words, any number to a line
 */
export function readLexiconFile(file: string, kind: LexiconKind, text: string): LexiconEntry[] {
  return text.split('\n').flatMap((line, index) => {
    const content = line.replace(/#.*/, '').trim()
    if (content === '') return []
    if (kind === 'EVERYDAY' || kind === 'WORD' || kind === 'PLACE')
      return content.split(WORDS).map((phrase) => ({ kind, phrase, terms: [] }))
    const [left = '', right, ...rest] = content.split(':').map((side) => side.trim())
    if (left === '' || right === undefined || rest.length > 0)
      throw refuse('LEXICON_LINE_UNREADABLE', { file, line: index + 1 })
    const one = left.split(WORDS)
    const other = right.split(WORDS).filter((word) => word !== '')
    return entriesOf(kind, one, other)
  })
}

function entriesOf(kind: LexiconKind, left: readonly string[], right: readonly string[]): LexiconEntry[] {
  if (kind === 'CLASS' || kind === 'SUBJECT') return left.map((phrase) => ({ kind, phrase, terms: right }))
  if (kind === 'CONTRAST') return [{ kind, phrase: left.join(' '), terms: right }]
  return right.map((phrase) => ({ kind, phrase, terms: left }))
}
