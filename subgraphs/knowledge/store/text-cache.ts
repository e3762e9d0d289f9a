import type { ArticleVersion } from '../domain/article.ts'
import type { RankedText } from '../domain/rank.ts'
import type { VersionKey } from './articles.ts'
import { normalise } from './words.ts'

/** A version made ready for ranking. What may still change (its last day, its status) is not kept. */
export interface ReadyText extends VersionKey {
  readonly category: string
  readonly text: RankedText
}

/** Remembers texts made ready for ranking. The text of a public version never changes, so nothing goes stale. */
export class TextCache {
  private readonly entries = new Map<string, ReadyText>()
  private readonly capacity: number

  constructor(capacity = 5_000) {
    this.capacity = capacity
  }

  /** The texts of these keys; what is not remembered is read, all in one go. */
  async texts(
    keys: readonly VersionKey[],
    read: (missing: readonly VersionKey[]) => Promise<(ArticleVersion | null)[]>,
  ): Promise<ReadyText[]> {
    const missing = keys.filter((key) => !this.entries.has(nameOf(key)))
    const fetched = missing.length > 0 ? await read(missing) : []
    const fresh = new Map<string, ReadyText>()
    for (const article of fetched) if (article) fresh.set(nameOf(article), readyText(article))
    const found = keys.flatMap((key) => this.entries.get(nameOf(key)) ?? fresh.get(nameOf(key)) ?? [])
    for (const entry of found) this.keep(entry)
    return found
  }

  /** The most recently used stay. */
  private keep(entry: ReadyText): void {
    const name = nameOf(entry)
    this.entries.delete(name)
    this.entries.set(name, entry)
    const oldest = this.entries.keys().next()
    if (this.entries.size > this.capacity && !oldest.done) this.entries.delete(oldest.value)
  }
}

function nameOf({ id, version }: VersionKey): string {
  return `${id} ${version}`
}

function readyText(article: ArticleVersion): ReadyText {
  const text: RankedText = {
    title: normalise(article.title),
    keywords: article.keywords.map(normalise),
    body: normalise(article.body),
  }
  return { id: article.id, version: article.version, category: article.category, text }
}
