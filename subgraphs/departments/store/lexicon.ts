import { asc } from 'drizzle-orm'
import type { Db, Tx } from '@hub/kit/postgres.ts'
import type { Example, Matter, Place, TermRole } from '../domain/lexicon.ts'
import { example, lexiconVersion, matter, matterDepartment, matterTerm, place } from './tables.ts'

/** Rows an insert takes at once: PostgreSQL counts parameters up to 65,535. */
const ROWS_AT_ONCE = 5_000

/** The number that rises with every change of the tree or the lexicon. */
export async function readVersion(db: Db): Promise<number> {
  const [row] = await db.select().from(lexiconVersion)
  return row?.version ?? 0
}

/** The matters with their departments and terms, in the order of the file. */
export async function listMatters(db: Db): Promise<Matter[]> {
  const matters = await db.select().from(matter).orderBy(asc(matter.position))
  const departments = Map.groupBy(
    await db.select().from(matterDepartment).orderBy(asc(matterDepartment.position)),
    (row) => row.matter,
  )
  const terms = Map.groupBy(
    await db.select().from(matterTerm).orderBy(asc(matterTerm.term)),
    (row) => row.matter,
  )
  return matters.map(({ code, name, kind }) => {
    const of = (role: TermRole): string[] =>
      (terms.get(code) ?? []).filter((row) => row.role === role).map((row) => row.term)
    return {
      code,
      name,
      kind,
      departments: (departments.get(code) ?? []).map((row) => ({
        department: row.department,
        clause: row.clause,
        handles: row.handles,
      })),
      terms: { names: of('names'), hints: of('hints'), against: of('against') },
    }
  })
}

export function listPlaces(db: Db): Promise<Place[]> {
  return db.select().from(place).orderBy(asc(place.district), asc(place.name))
}

export async function listExamples(db: Db): Promise<Example[]> {
  const rows = await db.select().from(example).orderBy(asc(example.position))
  return rows.map(({ emergency, departments, told }) => ({ emergency, departments, told }))
}

/** Writes the whole lexicon in place of what stood there. */
export async function replaceLexicon(
  tx: Tx,
  matters: readonly Matter[],
  places: readonly Place[],
  examples: readonly Example[],
): Promise<void> {
  await tx.delete(matter)
  await tx.delete(place)
  await tx.delete(example)
  const rows = matters.map(({ code, name, kind }, position) => ({ code, name, kind, position }))
  const departments = matters.flatMap(({ code, departments: units }) =>
    units.map((unit, position) => ({ matter: code, position, ...unit })),
  )
  const terms = matters.flatMap(({ code, terms: roles }) =>
    (['names', 'hints', 'against'] as const).flatMap((role) =>
      roles[role].map((term) => ({ matter: code, role, term })),
    ),
  )
  if (rows.length > 0) await tx.insert(matter).values(rows)
  if (departments.length > 0) await tx.insert(matterDepartment).values(departments)
  for (let at = 0; at < terms.length; at += ROWS_AT_ONCE)
    await tx.insert(matterTerm).values(terms.slice(at, at + ROWS_AT_ONCE))
  if (places.length > 0) await tx.insert(place).values([...places])
  const told = examples.map(({ departments: units, ...rest }, position) => ({
    position,
    departments: [...units],
    ...rest,
  }))
  if (told.length > 0) await tx.insert(example).values(told)
}
