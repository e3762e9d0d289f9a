import { plusDays, type Day } from '@hub/kit/day.ts'
import { isPublic, type ArticleStatus, type ArticleText, type ArticleVersion } from './article.ts'
import { refuse } from './errors.ts'

/** A text to be imported, and from when it is in force. */
export interface ArticleImport extends ArticleText {
  readonly status: ArticleStatus
  readonly reviewedAt: Day | null
  readonly inForceFrom: Day
  readonly inForceUntil: Day | null
}

/** What an import changes: versions to write, the older first. Empty when the article is as it was. */
export function planImport(
  newest: ArticleVersion | null,
  current: ArticleVersion | null,
  incoming: ArticleImport,
): readonly ArticleVersion[] {
  if (!newest) return [{ ...incoming, version: 1 }]
  if (sameText(newest, incoming) && newest.status === incoming.status) return []
  const next: ArticleVersion = { ...incoming, version: newest.version + (isPublic(newest) ? 1 : 0) }
  return isPublic(next) && current ? [supersede(current, next), next] : [next]
}

/** The last day of the old version is the day before the new one takes effect. */
export function supersede(current: ArticleVersion, next: ArticleVersion): ArticleVersion {
  if (next.inForceFrom <= current.inForceFrom) {
    throw refuse('ARTICLE_DAY_TOO_EARLY', {
      id: current.id,
      from: next.inForceFrom,
      current: current.inForceFrom,
    })
  }
  const lastDay = plusDays(next.inForceFrom, -1)
  const ended = current.inForceUntil !== null && current.inForceUntil < lastDay
  return ended ? current : { ...current, status: 'SUPERSEDED', inForceUntil: lastDay }
}

/** Whether nothing that an editor writes differs. */
export function sameText(one: ArticleText, other: ArticleText): boolean {
  return textKey(one) === textKey(other)
}

function textKey(text: ArticleText): string {
  const { title, body, category, legalBasis, issuingBody, documentNumber, department, keywords, region } =
    text
  return JSON.stringify([
    title,
    body,
    category,
    legalBasis,
    issuingBody,
    documentNumber,
    department,
    keywords,
    region,
  ])
}
