import { randomUUID } from 'node:crypto'
import type { Clock } from '@hub/kit/clock.ts'
import { appendEvents, type NewEvent } from '@hub/kit/event-log.ts'
import type { Database } from '@hub/kit/postgres.ts'
import { treeChanges } from '../domain/changes.ts'
import type { DepartmentRecord } from '../domain/department.ts'
import { checkTree, parentsFirst } from '../domain/tree.ts'
import { listRecords, lockLexicon, raiseVersion, removeRecords, saveRecords } from '../store/tree-writing.ts'

/** The stream other rooms follow to know the tree. */
const DEPARTMENT_STREAM = 'department'

export interface ImportOptions {
  /** Whether a unit that the import leaves out is taken out of the tree; off unless asked for. */
  readonly removeMissing?: boolean
}

/** Brings the tree to what is given: writes and announces only what differs, so that it may be repeated (R35-R37). */
export async function importDepartments(
  database: Database,
  clock: Clock,
  wanted: readonly DepartmentRecord[],
  { removeMissing = false }: ImportOptions = {},
): Promise<{ saved: number; removed: number }> {
  return database.orm.transaction(async (tx) => {
    await lockLexicon(tx)
    const standing = await listRecords(tx)
    const { saved, removed } = treeChanges(standing, wanted, removeMissing)
    const replaced = new Set([...wanted, ...removed].map(({ code }) => code))
    checkTree([...standing.filter(({ code }) => !replaced.has(code)), ...wanted])
    if (saved.length + removed.length === 0) return { saved: 0, removed: 0 }
    await saveRecords(tx, saved)
    await removeRecords(
      tx,
      removed.map(({ code }) => code),
    )
    await raiseVersion(tx)
    const at = clock()
    const ordered = parentsFirst(wanted).filter((record) => saved.includes(record))
    const strays = saved.filter((record) => !ordered.includes(record))
    await appendEvents(tx, [
      ...[...ordered, ...strays].map((record) => savedEvent(record, at)),
      ...removed.map((record) => removedEvent(record, at)),
    ])
    return { saved: saved.length, removed: removed.length }
  })
}

function savedEvent(record: DepartmentRecord, at: Date): NewEvent {
  const { code, parent, type, acceptsDispatch, name, shortName, level } = record
  return {
    stream: DEPARTMENT_STREAM,
    eventId: randomUUID(),
    kind: 'DepartmentSaved',
    at,
    data: { code, parent, type, acceptsDispatch, name, shortName, level },
  }
}

function removedEvent({ code }: DepartmentRecord, at: Date): NewEvent {
  return { stream: DEPARTMENT_STREAM, eventId: randomUUID(), kind: 'DepartmentRemoved', at, data: { code } }
}
