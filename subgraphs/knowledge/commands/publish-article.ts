import { randomUUID } from 'node:crypto'
import type { Clock } from '@hub/kit/clock.ts'
import { dayOf, type Day } from '@hub/kit/day.ts'
import { appendEvents } from '@hub/kit/event-log.ts'
import type { Database, Db } from '@hub/kit/postgres.ts'
import { articleSaved } from '../domain/article-event.ts'
import { nextStatuses, type ArticleStatus, type ArticleVersion } from '../domain/article.ts'
import { refuse } from '../domain/errors.ts'
import { supersede } from '../domain/import-plan.ts'
import { listActs, saveActs } from '../store/acts.ts'
import { lockWriting, saveVersions } from '../store/article-writing.ts'
import { findForChange, listOpen, type VersionKey } from '../store/articles.ts'

/** A draft has been read by a second person and may be published. */
export function reviewArticle(
  database: Database,
  clock: Clock,
  key: VersionKey,
  by: string,
): Promise<ArticleVersion> {
  return change({ database, clock, by }, key, 'REVIEWED', (version) => ({
    ...version,
    status: 'REVIEWED',
    reviewedAt: dayOf(clock()),
  }))
}

/** A reviewed version takes effect from a day; the one in force until then is superseded the day before. */
export function publishArticle(
  database: Database,
  clock: Clock,
  key: VersionKey,
  inForceFrom: Day,
  by: string,
): Promise<ArticleVersion> {
  return change({ database, clock, by }, key, 'PUBLISHED', (version) => ({
    ...version,
    status: 'PUBLISHED',
    inForceFrom,
  }))
}

/** A published version ends without a successor; `lastDay` is the last on which it answers. */
export function expireArticle(
  database: Database,
  clock: Clock,
  key: VersionKey,
  lastDay: Day,
  by: string,
): Promise<ArticleVersion> {
  return change({ database, clock, by }, key, 'EXPIRED', (version) => ({
    ...version,
    status: 'EXPIRED',
    inForceUntil: lastDay,
  }))
}

interface Acting {
  readonly database: Database
  readonly clock: Clock
  readonly by: string
}

async function change(
  { database, clock, by }: Acting,
  key: VersionKey,
  to: ArticleStatus,
  changed: (version: ArticleVersion) => ArticleVersion,
): Promise<ArticleVersion> {
  const now = clock()
  return database.orm.transaction(async (tx) => {
    await lockWriting(tx)
    const before = await findForChange(tx, key)
    if (!before) throw refuse('ARTICLE_NOT_FOUND', { id: key.id })
    const after = changed(before)
    // The same request sent again: it has its effect already.
    if (before.status === to && hasSameDays(before, after)) return before
    if (!nextStatuses[before.status].includes(to)) {
      throw refuse('ARTICLE_STATUS_WRONG', { ...key, status: before.status, action: to })
    }
    if (after.inForceUntil !== null && after.inForceUntil < after.inForceFrom) {
      const { id, inForceFrom: from, inForceUntil: lastDay } = after
      throw refuse('ARTICLE_LAST_DAY_TOO_EARLY', { id, from, lastDay })
    }
    if (to === 'REVIEWED') await refuseOwnReview(tx, key, by)
    const current = to === 'PUBLISHED' ? (await listOpen(tx, [key.id])).get(key.id) : undefined
    const versions = current ? [supersede(current, after), after] : [after]
    await saveVersions(tx, versions, now, new Set(to === 'PUBLISHED' ? [after] : []))
    await saveActs(tx, versions, by, now)
    await appendEvents(
      tx,
      versions.map((each) => articleSaved(each, randomUUID(), now)),
    )
    return after
  })
}

function hasSameDays(one: ArticleVersion, other: ArticleVersion): boolean {
  return one.inForceFrom === other.inForceFrom && one.inForceUntil === other.inForceUntil
}

/** Four eyes: whoever wrote the draft cannot be the one who reviews it. */
async function refuseOwnReview(db: Db, key: VersionKey, by: string): Promise<void> {
  const [acts = []] = await listActs(db, [key])
  const draft = acts.findLast(({ status }) => status === 'DRAFT')
  if (draft?.actedBy === by) throw refuse('ARTICLE_REVIEW_OWN', { ...key })
}
