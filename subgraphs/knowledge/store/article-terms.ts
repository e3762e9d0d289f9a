import type { ArticleText } from '../domain/article.ts'
import { IN_BODY, IN_KEYWORDS, IN_TITLE } from '../domain/postings.ts'
import { indexTerms, normalise } from './words.ts'

const LONGEST_TERM = 200

/** What an article is found by: its words and character pairs, and where each stands. */
export function marksOfArticle(article: ArticleText): Map<string, number> {
  const marks = new Map<string, number>()
  for (const [mark, text] of [
    [IN_TITLE, article.title],
    [IN_KEYWORDS, article.keywords.join(' ')],
    [IN_BODY, article.body],
  ] as const)
    for (const term of indexTerms(normalise(text)))
      if (term.length <= LONGEST_TERM) marks.set(term, (marks.get(term) ?? 0) | mark)
  return marks
}

/** Title and keywords, levelled: what typing errors are compared with. */
export function plainText(article: ArticleText): string {
  return `${normalise(article.title)} ${normalise(article.keywords.join(' '))}`
}
