import type { ArticleText } from '../domain/article.ts'
import type { Place } from '../domain/postings.ts'
import { indexTerms, normalise } from './words.ts'

const LONGEST_TERM = 200

/** What an article is found by: its words and character pairs, and where each stands. */
export function placesOfArticle(article: ArticleText): Map<string, Place> {
  const places = new Map<string, Place>()
  for (const [place, text] of [
    [0, article.title],
    [0, article.keywords.join(' ')],
    [1, article.body],
  ] as const)
    for (const term of indexTerms(normalise(text)))
      if (term.length <= LONGEST_TERM && !places.has(term)) places.set(term, place)
  return places
}

/** Title and keywords, levelled: what typing errors are compared with. */
export function plainText(article: ArticleText): string {
  return `${normalise(article.title)} ${normalise(article.keywords.join(' '))}`
}
