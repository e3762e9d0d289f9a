import type { Database } from '@hub/kit/postgres.ts'
import { checkExamples, checkLexicon } from '../domain/lexicon-check.ts'
import type { Example, Matter, Place } from '../domain/lexicon.ts'
import { listExamples, listMatters, listPlaces, replaceLexicon } from '../store/lexicon.ts'
import { listRecords, lockLexicon, raiseVersion } from '../store/tree-writing.ts'

/** Puts a lexicon in place of the one that stands, unless they say the same; every clause it cites must exist. */
export async function importLexicon(
  database: Database,
  matters: readonly Matter[],
  places: readonly Place[],
  examples: readonly Example[],
): Promise<{ changed: boolean }> {
  return database.orm.transaction(async (tx) => {
    await lockLexicon(tx)
    const units = await listRecords(tx)
    checkLexicon(matters, units)
    checkExamples(examples, units)
    const standing = written(await listMatters(tx), await listPlaces(tx), await listExamples(tx))
    if (standing === written(matters, places, examples)) return { changed: false }
    await replaceLexicon(tx, matters, places, examples)
    await raiseVersion(tx)
    return { changed: true }
  })
}

function written(matters: readonly Matter[], places: readonly Place[], examples: readonly Example[]): string {
  const calls = examples.map(({ emergency, departments, told }) => [emergency, departments, told])
  return JSON.stringify([matters.map(sorted), ordered(places), calls])
}

/** The same matter written the same way: the order of its words means nothing. */
function sorted({ code, name, kind, departments, terms }: Matter): unknown {
  const units = departments.map(({ department, clause, handles }) => [department, clause, handles])
  return [code, name, kind, units, terms.names.toSorted(), terms.hints.toSorted(), terms.against.toSorted()]
}

function ordered(places: readonly Place[]): string[] {
  return places.map(({ district, name }) => `${district} ${name}`).toSorted()
}
