import { askIn, type AskKind } from './ask.ts'
import type { Named } from './contrast.ts'
import type { Hinted } from './hint-finder.ts'
import type { Lexicon, Saying } from './lexicon.ts'

/** A question, taken apart into what can be looked for. */
export interface Question {
  readonly text: string
  /** As it was put, levelled but not rewritten. */
  readonly asPut: string
  /** Words with a topic, each once. */
  readonly words: readonly string[]
  /** How much each of the words says about the topic, 0 to 1. */
  readonly weights: ReadonlyMap<string, number>
  /** Standard words that it says in other words. */
  readonly synonyms: readonly string[]
  /** Neighbouring characters outside everyday words: they find what segmentation cut elsewhere. */
  readonly pairs: readonly string[]
  /** What colloquial sayings in it stand for. */
  readonly sayings: readonly Saying[]
  /** What its words hint at together. */
  readonly hinted: readonly Hinted[]
  /** The part that asks, rewritten; empty when nothing in it does. */
  readonly ask: string
  /** Whether much is told besides what is asked. */
  readonly isStory: boolean
  /** What kinds of answers it wants: a price, a day, a recommendation. */
  readonly asks: readonly AskKind[]
  /** Which of things easily taken for one another it is about. */
  readonly named: Named
  /** Whose rules it asks for, when it names a city and nothing that leads from there to here. */
  readonly places: readonly string[]
  /** Told as a story, without a word that asks: complaints are, questions about what is not covered seldom. */
  readonly told: boolean
  /** In dialect or spoken words. */
  readonly spoken: boolean
  /** Words that an answer has to speak of. */
  readonly subjects: readonly { readonly subject: string; readonly covers: readonly string[] }[]
}

/** How a text is levelled and cut; the words of a language are not this module's business. */
export interface TextTools {
  normalise(text: string): string
  /** The words of a text in order, nothing left out. */
  cut(normalised: string): string[]
  /** Words and the shorter words inside them. */
  segment(normalised: string): string[]
  characterPairs(normalised: string): string[]
  /** How much a word says about a topic by its part of speech, 0 to 1. */
  topicWeight(word: string): number
}

/** Numbers, with or without the measure: 十二年, 3000, 八十多. */
const NUMBER = /^[\d%.一二三四五六七八九十百千万亿两几零〇半多第]+[年月日天岁块元个号点层楼次人户分钟倍度]*$/

const ASKS = /[吗么呢?]|怎|如何|能不能|可不可以|可以|要不要|需要|多少|多久|哪|什么|谁|几/u

/** What leads from another place to here: moving, transferring, being treated there. */
const LEADS_HERE =
  /外地|异地|跨省|转|迁|老家|户口|户籍|籍|来济|落户|备案|就医|看病|住院|治病|寄|快递|在济|这里|这儿|本地|当地|打工|携号|通办/u

/** Takes a question apart. Dialect is rewritten first, so that all lists speak one language. */
export function readQuestion(raw: string, lexicon: Lexicon, tools: TextTools): Question {
  const level = tools.normalise(raw)
  const said = lexicon.rewrite(level)
  const synonyms = lexicon.synonymsIn(said).filter((word) => !said.includes(word))
  const text = [said, ...synonyms].join(' ')
  const telling = tellingPart(said, lexicon, tools)
  const asking = askIn(raw)
  const isStory = asking !== raw
  const ask = asking === null ? '' : lexicon.rewrite(tools.normalise(asking))
  const found = tools
    .segment(telling)
    .filter((word) => word.length > 1 && !NUMBER.test(word) && !lexicon.isEveryday(word))
  const words = [...new Set(found)]
  return {
    text,
    asPut: level,
    words,
    synonyms,
    weights: new Map(words.map((word) => [word, tools.topicWeight(word)])),
    pairs: [...new Set(tools.characterPairs(telling))],
    sayings: lexicon.sayingsIn(text),
    hinted: lexicon.hintedIn(text),
    ask,
    asks: lexicon.asksIn(ask),
    isStory,
    named: lexicon.contrasts.namedIn(isStory && ask !== '' ? ask : text),
    places: LEADS_HERE.test(said) ? [] : lexicon.placesIn(said),
    told: !ASKS.test(said),
    spoken: said !== level,
    subjects: lexicon.subjectsIn(said),
  }
}

/** The text without its everyday words; spaces stand where they were, so that no pair spans a gap. */
function tellingPart(text: string, lexicon: Lexicon, tools: TextTools): string {
  return tools
    .cut(lexicon.withoutEveryday(text))
    .map((word) => (lexicon.isEveryday(word) ? ' ' : word))
    .join('')
}
