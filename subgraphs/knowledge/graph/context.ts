import DataLoader from 'dataloader'
import type { Caller } from '@hub/kit/caller.ts'
import { dayOf, type Day } from '@hub/kit/day.ts'
import type { Clock } from '@hub/kit/clock.ts'
import type { Database } from '@hub/kit/postgres.ts'
import { draftArticle } from '../commands/draft-article.ts'
import { expireArticle, publishArticle, reviewArticle } from '../commands/publish-article.ts'
import { saveLexiconEntry } from '../commands/save-lexicon-entry.ts'
import { askKnowledge } from '../commands/ask-knowledge.ts'
import { type SearchAnswer, type SearchTools } from '../commands/search-knowledge.ts'
import type { ArticleAct, ArticleText, ArticleVersion } from '../domain/article.ts'
import type { KeptEntry, LexiconEntry } from '../domain/lexicon.ts'
import type { SearchMiss } from '../domain/search-miss.ts'
import { listActs } from '../store/acts.ts'
import {
  listHistory,
  listInForce,
  listNewest,
  listOfDepartments,
  listVersions,
  type VersionKey,
} from '../store/articles.ts'
import { listEditorsEntries } from '../store/lexicon.ts'
import { listMisses } from '../store/misses.ts'

/** What the resolvers of one operation work with. */
export interface Context {
  readonly caller: Caller
  readonly today: Day
  /** The version in force today, by id. */
  readonly inForce: DataLoader<string, ArticleVersion | null>
  /** One version, whatever its status; who may see it is decided where it is shown. */
  readonly version: DataLoader<VersionKey, ArticleVersion | null, string>
  /** The newest version of an id, drafts included. */
  readonly newest: DataLoader<string, ArticleVersion | null>
  ofDepartment(code: string, first: number): Promise<ArticleVersion[]>
  search(question: string, first: number, on: Day): Promise<SearchAnswer>
  /** Every version of an article, the newest first; who may see it is decided where it is shown. */
  history(id: string): Promise<ArticleVersion[]>
  readonly acts: DataLoader<VersionKey, ArticleAct[], string>
  misses(first: number): Promise<SearchMiss[]>
  editorsEntries(first: number): Promise<KeptEntry[]>
  readonly command: Commands
}

interface Commands {
  draftArticle(text: ArticleText): Promise<ArticleVersion>
  reviewArticle(key: VersionKey): Promise<ArticleVersion>
  publishArticle(key: VersionKey, inForceFrom: Day): Promise<ArticleVersion>
  expireArticle(key: VersionKey, lastDay: Day): Promise<ArticleVersion>
  saveLexiconEntry(entry: LexiconEntry): Promise<KeptEntry>
}

/** Makes the context of one operation: loaders gather what one step of it asks for into one statement. */
export function contextMaker(
  database: Database,
  clock: Clock,
  tools: SearchTools,
): (caller: Caller) => Context {
  const db = database.orm
  return (caller) => {
    const today = dayOf(clock())
    const departments = new Map<number, DataLoader<string, ArticleVersion[]>>()
    const departmentLoader = (first: number): DataLoader<string, ArticleVersion[]> => {
      const loader =
        departments.get(first) ??
        new DataLoader<string, ArticleVersion[]>((codes) => listOfDepartments(db, codes, first, today))
      departments.set(first, loader)
      return loader
    }
    return {
      caller,
      today,
      inForce: new DataLoader((ids) => listInForce(db, ids, today)),
      version: new DataLoader((keys: readonly VersionKey[]) => listVersions(db, keys), {
        cacheKeyFn: ({ id, version }) => `${id} ${version}`,
      }),
      newest: new DataLoader(async (ids) => {
        const found = await listNewest(db, ids)
        return ids.map((id) => found.get(id) ?? null)
      }),
      ofDepartment: (code, first) => departmentLoader(first).load(code),
      search: (question, first, on) => askKnowledge(tools, clock, question, first, on),
      history: (id) => listHistory(db, id),
      acts: new DataLoader((keys: readonly VersionKey[]) => listActs(db, keys), {
        cacheKeyFn: ({ id, version }) => `${id} ${version}`,
      }),
      misses: (first) => listMisses(db, first, clock()),
      editorsEntries: (first) => listEditorsEntries(db, first),
      command: {
        draftArticle: (text) => draftArticle(database, clock, text, caller.subject),
        reviewArticle: (key) => reviewArticle(database, clock, key, caller.subject),
        publishArticle: (key, day) => publishArticle(database, clock, key, day, caller.subject),
        expireArticle: (key, day) => expireArticle(database, clock, key, day, caller.subject),
        saveLexiconEntry: (entry) => saveLexiconEntry(database, clock, entry, caller.subject),
      },
    }
  }
}
