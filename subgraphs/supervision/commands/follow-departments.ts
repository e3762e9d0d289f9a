import type { LoggedEvent } from '@hub/kit/event-log.ts'
import type { Tx } from '@hub/kit/postgres.ts'
import { flagOf, needText, textOf } from '../domain/event-data.ts'
import { removeDepartments, saveDepartments, type DepartmentRef } from '../store/departments.ts'

/** Applies events of the departments log: the last word on each department counts. */
export async function followDepartments(tx: Tx, events: readonly LoggedEvent[]): Promise<void> {
  const last = new Map(events.map((event) => [needText(event.data, 'code'), event]))
  const saved = [...last.values()].filter(({ kind }) => kind === 'DepartmentSaved')
  await saveDepartments(tx, saved.map(departmentOf))
  const removed = [...last].filter(([, { kind }]) => kind === 'DepartmentRemoved')
  await removeDepartments(
    tx,
    removed.map(([code]) => code),
  )
}

function departmentOf({ data }: LoggedEvent): DepartmentRef {
  const code = needText(data, 'code')
  return {
    code,
    parent: textOf(data, 'parent'),
    name: textOf(data, 'name') ?? code,
    type: textOf(data, 'type') ?? '',
    acceptsDispatch: flagOf(data, 'acceptsDispatch') ?? true,
    removed: false,
  }
}
