import { randomUUID } from 'node:crypto'
import type { Clock } from '@hub/kit/clock.ts'
import { dayOf } from '@hub/kit/day.ts'
import { appendEvents } from '@hub/kit/event-log.ts'
import type { Database } from '@hub/kit/postgres.ts'
import { articleSaved } from '../domain/article-event.ts'
import type { ArticleText, ArticleVersion } from '../domain/article.ts'
import { refuse } from '../domain/errors.ts'
import { planImport, sameText } from '../domain/import-plan.ts'
import { saveActs } from '../store/acts.ts'
import { lockWriting, saveVersions } from '../store/article-writing.ts'
import { listNewest } from '../store/articles.ts'

const ARTICLE_ID = /^[A-Za-z0-9._-]{1,64}$/

/** Writes a draft: version 1 of a new article, or the next one. The same text again changes nothing. */
export async function draftArticle(
  database: Database,
  clock: Clock,
  text: ArticleText,
  by: string,
): Promise<ArticleVersion> {
  for (const field of ['title', 'body', 'category', 'region'] as const)
    if (text[field].trim() === '') throw refuse('ARTICLE_UNREADABLE', { row: 1, field })
  if (!ARTICLE_ID.test(text.id)) throw refuse('ARTICLE_UNREADABLE', { row: 1, field: 'id' })
  const now = clock()
  return database.orm.transaction(async (tx) => {
    await lockWriting(tx)
    const newest = (await listNewest(tx, [text.id])).get(text.id) ?? null
    if (newest && sameText(newest, text)) return newest
    const draft = { status: 'DRAFT', reviewedAt: null, inForceFrom: dayOf(now), inForceUntil: null } as const
    const versions = planImport(newest, null, { ...text, ...draft })
    await saveVersions(tx, versions, now, new Set())
    await saveActs(tx, versions, by, now)
    await appendEvents(
      tx,
      versions.map((each) => articleSaved(each, randomUUID(), now)),
    )
    const written = versions.at(-1)
    if (!written) throw refuse('ARTICLE_NOT_FOUND', { id: text.id })
    return written
  })
}
