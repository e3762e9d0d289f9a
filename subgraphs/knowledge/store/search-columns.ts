import type { ArticleText } from '../domain/article.ts'
import { indexTerms, normalise } from './words.ts'

export interface SearchColumns {
  /** Literal of a tsvector: title A, keywords B, body C. A field's number stands for a position. */
  readonly search: string
  readonly plain: string
  readonly terms: readonly string[]
}

const LONGEST_LEXEME = 200

/** What an article is found by. Computed here and not by a trigger: PostgreSQL does not know Chinese words. */
export function searchColumnsOf(article: ArticleText): SearchColumns {
  const title = normalise(article.title)
  const keywords = normalise(article.keywords.join(' '))
  const fields = [
    { mark: '1A', terms: indexTerms(title) },
    { mark: '2B', terms: indexTerms(keywords) },
    { mark: '3C', terms: indexTerms(normalise(article.body)) },
  ]
  const marks = new Map<string, string[]>()
  for (const { mark, terms } of fields)
    for (const term of terms)
      if (term.length <= LONGEST_LEXEME) marks.set(term, [...(marks.get(term) ?? []), mark])
  const search = [...marks].map(([term, at]) => `${lexeme(term)}:${at.join(',')}`).join(' ')
  return { search, plain: `${title} ${keywords}`, terms: [...marks.keys()] }
}

/** A lexeme as it stands in the text form of a tsvector or tsquery. */
export function lexeme(term: string): string {
  return `'${term.replace(/\\/g, '\\\\').replace(/'/g, "''")}'`
}
