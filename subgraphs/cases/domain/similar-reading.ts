import { plainText } from '@hub/kit/plain-text.ts'
import { placeWords, type PlaceWords } from './place-words.ts'
import { redact } from './redact.ts'
import { wordsOf } from './search-words.ts'
import { commonPairs } from './similar-common-pairs.ts'
import { topicsOf } from './similar-topics.ts'
import { weighDanger } from './urgency-evidence.ts'

/** A case as it is compared; its text is redacted before anything is made of it. */
export interface SimilarText {
  readonly title: string
  readonly content: string
  readonly district: string | null
  readonly receivedAt: Date
}

/** A case, read once for many comparisons. */
export interface Reading {
  readonly text: string
  readonly pairs: ReadonlyMap<string, number>
  readonly places: PlaceWords
  readonly topics: ReadonlySet<string>
  /** That it tells of a danger that is going on: what is asked or settled later is another matter. */
  readonly isDanger: () => boolean
  readonly district: string | null
  readonly at: number
}

/** What callers add whatever the matter. */
const COURTESIES =
  /请?对我的?(?:个人)?信息保密|如果办不了也请说明原因|不方便白天接电话[,,]?[^,,。]{0,12}联系|请?核实后告知结果|已保留照片和视频|麻烦您帮忙登记一下|我想反映个情况|来电人(?:反映|称)?|领导您好|您好|你好|谢谢|请回电|希望尽快处理|麻烦尽快答复/g

const READ_FOR_DANGER = 1000

/** Weighing costs more than the rest: it is done where it can matter, once. */
function once(decide: () => boolean): () => boolean {
  let known: boolean | null = null
  return () => (known ??= decide())
}

/** Reads a case for comparison. */
export function readingOf({ title, content, district, receivedAt }: SimilarText): Reading {
  const text = told(title, content)
  return {
    text,
    pairs: pairsOf(text),
    places: placeWords(text),
    topics: topicsOf(text),
    isDanger: once(() => weighDanger(text.slice(0, READ_FOR_DANGER), 0) >= 0),
    district,
    at: receivedAt.getTime(),
  }
}

/** What a case says, without a caller's data and without courtesies. */
function told(title: string, content: string): string {
  return plainText(redact(`${title}。${content}`)).replace(COURTESIES, ' ')
}

/** The words candidates are sought by, the telling ones first: as `search-words` indexes them. */
export function similarWords(title: string, content: string): string[] {
  const words = wordsOf(told(title, content))
  return [...words.filter((word) => !commonPairs.has(word)), ...words.filter((word) => commonPairs.has(word))]
}

function pairsOf(text: string): ReadonlyMap<string, number> {
  const pairs = new Map<string, number>()
  for (const run of text.match(/\p{Script=Han}+|[a-z0-9]+/gu) ?? [])
    for (let at = 0; at + 1 < run.length; at++) {
      const pair = run.slice(at, at + 2)
      pairs.set(pair, commonPairs.has(pair) ? 0.35 : 1)
    }
  return pairs
}
