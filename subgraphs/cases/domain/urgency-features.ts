import { cues, type Cue } from './urgency-evidence-words.ts'
import { DENIED_WITHIN, isNotNow } from './urgency-guards.ts'

/** What people add to every call, and what says nothing of the matter. */
const COURTESIES =
  /(?:你好|您好|领导(?:您好)?|请问一下|谢谢|辛苦了|我想反映个情况|反映一个问题|来电人(?:反映|称|表示)|麻烦您帮忙登记一下|请?对我的?(?:个人)?信息保密|如果办不了也请说明原因|不方便白天接电话[,]?[^,。]{0,12}联系|请?核实后告知结果|已保留照片和视频|请回电|麻烦尽快答复|(?:请|希望|望|盼)(?:有关部门|你们|相关部门)?(?:尽快|抓紧|马上|立即|火速)(?:处理|解决|核实|查看)?)[,。!]?/g

/** What a second and a third word of the same kind add. */
const COUNTED: readonly number[] = [0, 1, 1.5]
const COUNTED_AT_MOST = 1.75
/** A few characters say little by themselves: short texts are read as if they were this long. */
const SHORTEST = 40
const SPREAD = 4

export interface CueFound {
  readonly cue: Cue
  readonly count: number
  readonly words: string
}

/** A text as the model of danger reads it: kinds of words with their number, and single and paired characters. */
export interface UrgencyFeatures {
  readonly cues: readonly CueFound[]
  readonly grams: ReadonlySet<string>
  /** What one character or pair counts, the less the more there are. */
  readonly gramValue: number
  /** That it speaks of claims, habits or hearsay, and of nothing that is going on. */
  readonly isNotNow: boolean
}

/** What a number of signs counts: each further kind half as much as the first, three at most. */
export function signsValue(signs: number): number {
  return signs === 0 ? 0 : (1 + Math.min(signs, 3)) / 2
}

/** Reads a plain text without its figures of speech. */
export function featuresOf(text: string): UrgencyFeatures {
  const told = text.replace(COURTESIES, ' ')
  const grams = gramsOf(told)
  return {
    cues: cuesIn(told.replace(DENIED_WITHIN, ' ')),
    grams,
    gramValue: SPREAD / Math.sqrt(Math.max(SHORTEST, grams.size)),
    isNotNow: isNotNow(text),
  }
}

function cuesIn(text: string): CueFound[] {
  return cues.flatMap((cue) => {
    const found = [...text.matchAll(cue.pattern)]
    const [first] = found
    return first ? [{ cue, count: COUNTED[found.length] ?? COUNTED_AT_MOST, words: first[0] }] : []
  })
}

/** Every Chinese character and every pair of neighbours. */
export function gramsOf(text: string): Set<string> {
  const grams = new Set<string>()
  for (const run of text.match(/\p{Script=Han}+/gu) ?? [])
    for (let at = 0; at < run.length; at++) {
      grams.add(run.slice(at, at + 1))
      if (at + 1 < run.length) grams.add(run.slice(at, at + 2))
    }
  return grams
}
