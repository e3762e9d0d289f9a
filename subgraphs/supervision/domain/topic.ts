import { plusDays, type Day } from '@hub/kit/day.ts'
import type { Acting } from './acting.ts'
import { refuse } from './errors.ts'
import { requireText } from './text.ts'

export type TopicStatus = 'PROPOSED' | 'CONFIRMED' | 'DISMISSED' | 'CLOSED'

/** From which status a topic may go where. */
export const TOPIC_TRANSITIONS: Readonly<Record<TopicStatus, readonly TopicStatus[]>> = {
  PROPOSED: ['CONFIRMED', 'DISMISSED'],
  CONFIRMED: ['CLOSED'],
  DISMISSED: [],
  CLOSED: [],
}

/** What a topic is about: events carry no more, so the matter itself is named by the person who confirms it. */
export interface TopicKey {
  readonly district: string
  readonly matterType: string
  /** The lead unit; null: not dispatched. */
  readonly department: string | null
}

/** A hot topic 热点 (R76). */
export interface Topic extends TopicKey {
  readonly id: string
  readonly status: TopicStatus
  /** Cases of the window. */
  readonly recent: number
  /** Cases that its own baseline would have brought. */
  readonly expected: number
  readonly windowFrom: Day
  readonly windowTo: Day
  readonly proposedAt: Date
  readonly policyVersion: string
  readonly title: string | null
  readonly summary: string | null
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly conclusion: string | null
  readonly closedAt: Date | null
}

/** How topics are noticed; part of the policy. */
export interface TopicRule {
  readonly windowDays: number
  /** How many windows before it make the baseline, and how many at least. */
  readonly baselineWindows: number
  readonly leastWindows: number
  /** Fewer cases than this are no topic. */
  readonly leastCases: number
  /** How many times the baseline. */
  readonly growth: number
  /** How many standard deviations above it, counts being scattered as they are by chance. */
  readonly deviations: number
  /** Kinds of matter that are looked at: reports of wrongs are confidential, praise is no problem. */
  readonly matterTypes: readonly string[]
}

/** The days that are compared: the window ends yesterday. */
export interface TopicWindow {
  readonly baselineFrom: Day
  readonly from: Day
  readonly to: Day
}

/** Cases of one key in the window and in the baseline before it. */
export interface TopicCount extends TopicKey {
  readonly recent: number
  readonly before: number
}

/** The window that ends yesterday, and the baseline before it. */
export function windowOn(today: Day, { windowDays, baselineWindows }: TopicRule): TopicWindow {
  const from = plusDays(today, -windowDays)
  return { baselineFrom: plusDays(from, -windowDays * baselineWindows), from, to: plusDays(today, -1) }
}

/** How many whole windows of the baseline are known, the first case being of some day. */
export function knownWindows(
  since: Day | null,
  { from, baselineFrom }: TopicWindow,
  rule: TopicRule,
): number {
  if (since === null) return 0
  const first = since > baselineFrom ? since : baselineFrom
  let windows = 0
  while (plusDays(first, (windows + 1) * rule.windowDays) <= from) windows += 1
  return windows
}

/** What grew beyond its own baseline: enough cases, enough times as many, and more than chance explains (R76). */
export function risesOf(
  counts: readonly TopicCount[],
  windows: number,
  rule: TopicRule,
): readonly (TopicCount & { readonly expected: number })[] {
  if (windows < rule.leastWindows) return []
  return counts
    .map((count) => ({ ...count, expected: count.before / windows }))
    .filter(
      ({ recent, expected, matterType }) =>
        rule.matterTypes.includes(matterType) &&
        recent >= rule.leastCases &&
        recent >= rule.growth * expected &&
        recent - expected >= rule.deviations * Math.sqrt(Math.max(expected, 1)),
    )
    .toSorted((a, b) => b.recent - b.expected - (a.recent - a.expected))
}

/** Proposes what rises: one topic per key while it is open; what a person decided in this window is not asked again. */
export function decideProposals(
  rises: readonly (TopicCount & { readonly expected: number })[],
  known: readonly Topic[],
  { from: windowFrom, to: windowTo }: TopicWindow,
  { now, policy, newId }: Acting,
): Topic[] {
  return rises.flatMap(({ district, matterType, department, recent, expected }) => {
    const own = known.filter((topic) => keyOf(topic) === keyOf({ district, matterType, department }))
    const figures = { recent, expected, windowFrom, windowTo }
    const proposed = own.find(({ status }) => status === 'PROPOSED')
    if (proposed) return [{ ...proposed, ...figures }]
    if (own.some((topic) => topic.status === 'CONFIRMED' || topic.windowTo >= windowFrom)) return []
    return [
      {
        id: newId(),
        status: 'PROPOSED' as const,
        district,
        matterType,
        department,
        ...figures,
        proposedAt: now,
        policyVersion: policy.version,
        title: null,
        summary: null,
        decidedBy: null,
        decidedAt: null,
        conclusion: null,
        closedAt: null,
      },
    ]
  })
}

function keyOf({ district, matterType, department }: TopicKey): string {
  return JSON.stringify([district, matterType, department])
}

/** A person confirms a proposal and says what it is about. */
export function decideConfirm(
  topic: Topic,
  { title, summary }: { title: string; summary: string },
  { now, actor }: Acting,
): Topic {
  requireMove(topic, 'CONFIRMED')
  return {
    ...topic,
    status: 'CONFIRMED',
    title: requireText('title', title, 200),
    summary: requireText('summary', summary, 4_000),
    decidedBy: actor.subject,
    decidedAt: now,
  }
}

/** A person finds nothing in a proposal, or ends a topic. */
export function decideTopicEnd(
  topic: Topic,
  { dismissed, conclusion }: { dismissed: boolean; conclusion: string },
  { now, actor }: Acting,
): Topic {
  const status = dismissed ? 'DISMISSED' : 'CLOSED'
  requireMove(topic, status)
  const decided = dismissed ? { decidedBy: actor.subject, decidedAt: now } : {}
  return {
    ...topic,
    ...decided,
    status,
    conclusion: requireText('conclusion', conclusion, 4_000),
    closedAt: now,
  }
}

function requireMove({ id, status }: Topic, to: TopicStatus): void {
  if (!TOPIC_TRANSITIONS[status].includes(to)) throw refuse('TOPIC_STATUS', { topic: id, status, to })
}
