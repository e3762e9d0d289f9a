import DataLoader from 'dataloader'
import type { Caller } from '@hub/kit/caller.ts'
import { dayOf, type Day } from '@hub/kit/day.ts'
import type { Clock } from '@hub/kit/clock.ts'
import type { Database } from '@hub/kit/postgres.ts'
import { searchKnowledge, type SearchAnswer, type SearchTools } from '../commands/search-knowledge.ts'
import type { ArticleVersion } from '../domain/article.ts'
import {
  listInForce,
  listNewest,
  listOfDepartments,
  listVersions,
  type VersionKey,
} from '../store/articles.ts'

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
      search: (question, first, on) => searchKnowledge(tools, question, first, on),
    }
  }
}
