import { add_word, cut as cutWords, cut_for_search, tag } from 'jieba-wasm'
import { Converter } from 'opencc-js/t2cn'

const phrasesToSimplified = Converter({ from: 'twp', to: 'cn' })
const charactersToSimplified = Converter({ from: 't', to: 'cn' })

/** Only a text with traditional characters is converted: the phrase table would also turn 外接 of a simplified one. */
function toSimplified(text: string): string {
  return charactersToSimplified(text) === text ? text : phrasesToSimplified(text)
}

/** A word of the domain dictionary outweighs its parts; jieba's own counts reach about a million. */
const DOMAIN_WORD_COUNT = 200_000

/** Characters that carry no meaning of their own: never indexed alone. */
const FUNCTION_CHARACTERS = new Set(
  '的了是在有和与或就都而及着把被给让向从对于以为其这那你我他她它们个不也很还又吗呢吧啊么呀哦之所由可能会要应当得按并等者人上下中内外前后大小多少年月日时一二三四五六七八九十百千万',
)

const CHINESE_RUN = /\p{Script=Han}+/gu
const CHINESE = /\p{Script=Han}/u

/** One form for all ways to write a text: full width, traditional characters, case and punctuation levelled. */
export function normalise(text: string): string {
  return toSimplified(text.normalize('NFKC').toLowerCase())
    .replace(/[^\p{L}\p{N}+%]+/gu, ' ')
    .trim()
}

const levelledCharacters = new Map<string, string>()

/** One character, levelled the same way; empty for punctuation. */
export function levelCharacter(character: string): string {
  const known = levelledCharacters.get(character)
  if (known !== undefined) return known
  const level = normalise(character)
  levelledCharacters.set(character, level)
  return level
}

/** Words that segmentation must keep whole. Known to the whole process. */
export function teachWords(words: Iterable<string>): void {
  for (const word of words) add_word(word, DOMAIN_WORD_COUNT, 'n')
}

/** The words of a normalised text in order, nothing left out. */
export function cut(normalised: string): string[] {
  return cutWords(normalised, false)
}

/** How much a word says about a topic by its part of speech: nouns most, verbs less, the rest little. */
export function topicWeight(word: string): number {
  const kinds = tag(word, false)
  const kind = kinds.length === 1 ? (kinds[0]?.tag ?? 'x') : 'n'
  if (/^(n|vn|j|l|i|s|x|eng)/.test(kind)) return 1
  return kind.startsWith('v') ? 0.6 : 0.3
}

/** The words of a normalised text in order, longer words followed or preceded by the shorter ones inside them. */
export function segment(normalised: string): string[] {
  return cut_for_search(normalised, false).filter((word) => word.trim() !== '')
}

/** The pairs of neighbouring characters of a normalised text. */
export function characterPairs(normalised: string): string[] {
  const runs = normalised.match(CHINESE_RUN) ?? []
  return runs.flatMap((run) => pairsOf([...run]))
}

function pairsOf(characters: readonly string[]): string[] {
  return characters.slice(1).map((second, index) => `${characters[index]}${second}`)
}

/** What a text is found by: its words and its character pairs, each once. */
export function indexTerms(normalised: string): string[] {
  const words = segment(normalised).filter(isTelling)
  return [...new Set([...words, ...characterPairs(normalised)])]
}

function isTelling(word: string): boolean {
  return !CHINESE.test(word) || word.length > 1 || !FUNCTION_CHARACTERS.has(word)
}
