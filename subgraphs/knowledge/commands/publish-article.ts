import { randomUUID } from 'node:crypto'
import type { Clock } from '@hub/kit/clock.ts'
import { dayOf, type Day } from '@hub/kit/day.ts'
import { appendEvents } from '@hub/kit/event-log.ts'
import type { Database } from '@hub/kit/postgres.ts'
import { articleSaved } from '../domain/article-event.ts'
import { nextStatuses, type ArticleStatus, type ArticleVersion } from '../domain/article.ts'
import { refuse } from '../domain/errors.ts'
import { supersede } from '../domain/import-plan.ts'
import { lockWriting, saveVersions } from '../store/article-writing.ts'
import { findForChange, listOpen, type VersionKey } from '../store/articles.ts'

/** A draft has been read by a second person and may be published. */
export function reviewArticle(database: Database, clock: Clock, key: VersionKey): Promise<ArticleVersion> {
  return change(database, clock, key, 'REVIEWED', (version) => ({
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
): Promise<ArticleVersion> {
  return change(database, clock, key, 'PUBLISHED', (version) => ({
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
): Promise<ArticleVersion> {
  return change(database, clock, key, 'EXPIRED', (version) => ({
    ...version,
    status: 'EXPIRED',
    inForceUntil: lastDay,
  }))
}

async function change(
  database: Database,
  clock: Clock,
  key: VersionKey,
  to: ArticleStatus,
  changed: (version: ArticleVersion) => ArticleVersion,
): Promise<ArticleVersion> {
  const now = clock()
  return database.orm.transaction(async (tx) => {
    await lockWriting(tx)
    const before = await findForChange(tx, key)
    if (!before) throw refuse('ARTICLE_NOT_FOUND', { id: key.id })
    if (!nextStatuses[before.status].includes(to)) {
      throw refuse('ARTICLE_STATUS_WRONG', { ...key, status: before.status, action: to })
    }
    const after = changed(before)
    const current = to === 'PUBLISHED' ? (await listOpen(tx, [key.id])).get(key.id) : undefined
    const versions = current ? [supersede(current, after), after] : [after]
    await saveVersions(tx, versions, now, new Set(to === 'PUBLISHED' ? [after] : []))
    await appendEvents(
      tx,
      versions.map((each) => articleSaved(each, randomUUID(), now)),
    )
    return after
  })
}
