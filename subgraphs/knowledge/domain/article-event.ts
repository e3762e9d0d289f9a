import type { NewEvent } from '@hub/kit/event-log.ts'
import type { ArticleVersion } from './article.ts'

/** The one stream of this room: what other rooms know about articles comes from here. */
const ARTICLE_STREAM = 'article'

/** Tells other rooms that a version was written or changed: no text, only what pins an answer. */
export function articleSaved(version: ArticleVersion, eventId: string, at: Date): NewEvent {
  const { id, inForceFrom, inForceUntil, status } = version
  return {
    stream: ARTICLE_STREAM,
    eventId,
    kind: 'ArticleSaved',
    at,
    data: { id, version: version.version, status, inForceFrom, inForceUntil },
  }
}
