import type { Database } from '@hub/kit/postgres.ts'
import { checkLexicon } from '../domain/lexicon-check.ts'
import type { Matter, Place } from '../domain/lexicon.ts'
import { listMatters, listPlaces, replaceLexicon } from '../store/lexicon.ts'
import { listRecords, lockLexicon, raiseVersion } from '../store/tree-writing.ts'

/** Puts a lexicon in place of the one that stands, unless they say the same; every clause it cites must exist. */
export async function importLexicon(
  database: Database,
  matters: readonly Matter[],
  places: readonly Place[],
): Promise<{ changed: boolean }> {
  return database.orm.transaction(async (tx) => {
    await lockLexicon(tx)
    checkLexicon(matters, await listRecords(tx))
    const standing = JSON.stringify([(await listMatters(tx)).map(sorted), ordered(await listPlaces(tx))])
    if (standing === JSON.stringify([matters.map(sorted), ordered(places)])) return { changed: false }
    await replaceLexicon(tx, matters, places)
    await raiseVersion(tx)
    return { changed: true }
  })
}

/** The same matter written the same way: the order of its words means nothing. */
function sorted({ code, name, kind, departments, terms }: Matter): unknown {
  const units = departments.map(({ department, clause, handles }) => [department, clause, handles])
  return [code, name, kind, units, terms.names.toSorted(), terms.hints.toSorted(), terms.against.toSorted()]
}

function ordered(places: readonly Place[]): string[] {
  return places.map(({ district, name }) => `${district} ${name}`).toSorted()
}
