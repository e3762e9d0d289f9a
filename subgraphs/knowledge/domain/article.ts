import type { Day } from '@hub/kit/day.ts'

export const articleStatuses = ['DRAFT', 'REVIEWED', 'PUBLISHED', 'SUPERSEDED', 'EXPIRED'] as const
export type ArticleStatus = (typeof articleStatuses)[number]

/** What an editor writes; everything that makes one version differ from the next. */
export interface ArticleText {
  readonly id: string
  readonly title: string
  readonly body: string
  readonly category: string
  readonly legalBasis: readonly string[]
  readonly issuingBody: string | null
  readonly documentNumber: string | null
  readonly department: string | null
  readonly keywords: readonly string[]
  readonly region: string
}

/** One version of an article (知识条目版本). Its text never changes once it has been published. */
export interface ArticleVersion extends ArticleText {
  readonly version: number
  readonly inForceFrom: Day
  /** Last day in force, counted in. */
  readonly inForceUntil: Day | null
  readonly status: ArticleStatus
  readonly reviewedAt: Day | null
}

/** Which statuses may follow which (R8: what prevails is a versioned text with a day it takes effect). */
export const nextStatuses: Readonly<Record<ArticleStatus, readonly ArticleStatus[]>> = {
  DRAFT: ['REVIEWED'],
  REVIEWED: ['PUBLISHED', 'DRAFT'],
  PUBLISHED: ['SUPERSEDED', 'EXPIRED'],
  SUPERSEDED: [],
  EXPIRED: [],
}

const neverInForce: ReadonlySet<ArticleStatus> = new Set(['DRAFT', 'REVIEWED'])

/** Whether everyone who is signed in may read the version: drafts stay with those who write and answer. */
export function isPublic(version: ArticleVersion): boolean {
  return !neverInForce.has(version.status)
}

/** Whether a version answers questions asked as of a day. A superseded one did, on the days it was in force. */
export function isInForce(version: ArticleVersion, on: Day): boolean {
  if (neverInForce.has(version.status) || version.inForceFrom > on) return false
  return version.inForceUntil === null || version.inForceUntil >= on
}

/** The status as of a day: a version whose successor takes effect tomorrow is still PUBLISHED today. */
export function statusOn(version: ArticleVersion, on: Day): ArticleStatus {
  if (neverInForce.has(version.status)) return version.status
  if (version.inForceUntil === null || version.inForceUntil >= on) return 'PUBLISHED'
  return version.status === 'SUPERSEDED' ? 'SUPERSEDED' : 'EXPIRED'
}

/** Which status a version was given, by whom and when. */
export interface ArticleAct {
  readonly status: ArticleStatus
  readonly actedBy: string
  readonly actedAt: Date
}
