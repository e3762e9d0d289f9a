import { cues } from './urgency-evidence-words.ts'
import { DENIED_WITHIN, isNotNow } from './urgency-guards.ts'

/** Where the evidence is as strong against as for, before any word is read. */
const BIAS = -2.17
/** From here on a scene is taken for danger, though no single sign says so. */
const FROM = 0.3
/** One kind of word alone may mean anything: it takes more. */
const FROM_ALONE = 1.4
/** What it costs that a text speaks of claims, habits or hearsay. */
const LOOKS_AWAY = 2
/** What a second and a third word of the same kind add. */
const COUNTED: readonly number[] = [0, 1, 1.5]
const COUNTED_AT_MOST = 1.75

/** What people add to every call, and what says nothing of the matter. */
const COURTESIES =
  /(?:你好|您好|领导(?:您好)?|请问一下|谢谢|辛苦了|我想反映个情况|反映一个问题|来电人(?:反映|称|表示)|麻烦您帮忙登记一下|请?对我的?(?:个人)?信息保密|如果办不了也请说明原因|不方便白天接电话[,]?[^,。]{0,12}联系|请?核实后告知结果|已保留照片和视频|请回电|麻烦尽快答复|(?:请|希望|望|盼)(?:有关部门|你们|相关部门)?(?:尽快|抓紧|马上|立即|火速)(?:处理|解决|核实|查看)?)[,。!]?/g

/** The kinds of words in a text that together tell of a scene of danger; empty when they do not. */
export function evidenceIn(text: string): string[] {
  const counted = countCues(text)
  const score = counted.reduce(
    (sum, { cue, count }) => sum + cue.weight * count,
    isNotNow(text) ? BIAS - LOOKS_AWAY : BIAS,
  )
  if (score < FROM) return []
  const telling = counted.filter(({ cue, words }) => cue.label !== null && words !== null)
  if (telling.length < 2 && score < FROM_ALONE) return []
  return telling
    .toSorted((a, b) => b.cue.weight * b.count - a.cue.weight * a.count)
    .slice(0, 4)
    .map(({ cue, words }) => `${cue.label}:“${words}”`)
}

/** How much of each kind of evidence a text holds. */
function countCues(text: string) {
  const told = text.replace(COURTESIES, ' ').replace(DENIED_WITHIN, ' ')
  return cues.map((cue) => {
    const found = [...told.matchAll(cue.pattern)]
    return { cue, count: COUNTED[found.length] ?? COUNTED_AT_MOST, words: found[0]?.[0] ?? null }
  })
}
