import { refuse } from '@hub/kit/errors.ts'
import { singleCursor } from '@hub/kit/event-cursor.ts'
import { connectionOf } from '@hub/kit/graph.ts'
import { decodeCursor, encodeCursor, pageOf, pageSize, type Page } from '@hub/kit/paging.ts'
import type { AssignmentRecord } from '../domain/state.ts'
import { findAssignment } from './assignment.ts'
import { anyone, builder, PageInfo } from './builder.ts'
import { Assignment } from './case-ref.ts'
import type { RoomContext } from './context.ts'
import { AssignmentStatus } from './enums.ts'

const AssignmentConnection = connectionOf(builder, 'Assignment', Assignment, PageInfo)

builder.objectField(AssignmentConnection, 'streamCursor', (t) =>
  t.string({
    description:
      'Where to go on from with assignmentEvents: taken before the list was read, so nothing is missed between the two. 续订游标',
    resolve: (page) => cursors.get(page) ?? '',
  }),
)

/** The place in the department's stream that belongs to a page. */
const cursors = new WeakMap<Page<AssignmentRecord>, string>()

builder.queryFields((t) => ({
  assignment: t.field({
    type: Assignment,
    nullable: true,
    description:
      'An assignment by its id; null when there is none that the viewer reaches. 按编号查询承办任务',
    authScopes: { role: [...anyone] },
    args: { id: t.arg.id({ required: true, description: 'Id of the assignment. 任务编号' }) },
    resolve: (_root, { id }, context) => findAssignment(id, context),
  }),
  assignments: t.field({
    type: AssignmentConnection,
    description:
      'What a department has or had to handle, newest dispatch first: the list to take before following its stream. A department asks for itself and for units under it. 承办任务列表',
    authScopes: { role: ['OPERATOR', 'OFFICE', 'DEPARTMENT', 'LEADER', 'OVERSIGHT', 'ADMIN'] },
    args: {
      department: t.arg.id({ required: true, description: 'Code of the unit. 单位代码' }),
      status: t.arg({ type: [AssignmentStatus], description: 'Only these. 状态' }),
      first: t.arg.int({ defaultValue: 20, description: 'How many, 1 to 100. 条数' }),
      after: t.arg.string({ description: 'Cursor of the last edge of the page before. 游标' }),
    },
    resolve: async (_root, { department, status, first, after }, context) => {
      await requireUnit(department, context)
      const size = pageSize(first, 20)
      const head = await context.read.findHead(department)
      const [dispatchedAt, id] = after ? decodeCursor(after, 2) : []
      const place =
        dispatchedAt && id ? { dispatchedAt: new Date(Number(dispatchedAt)), id: String(id) } : null
      const rows = await context.read.listAssignments(department, status ?? null, size + 1, place)
      const page = pageOf(rows, size, after, (found) =>
        encodeCursor([found.dispatchedAt.getTime(), found.id]),
      )
      if (head) cursors.set(page, singleCursor(head.stream, head.epoch, head.lastSeq))
      return page
    },
  }),
}))

/** A department asks for itself and for units under it. */
async function requireUnit(department: string, { viewer, room }: RoomContext): Promise<void> {
  if (viewer.role !== 'DEPARTMENT') return
  const tree = await room.tree.current()
  if (viewer.department === null || !tree.isWithin(department, viewer.department)) throw refuse('FORBIDDEN')
}
