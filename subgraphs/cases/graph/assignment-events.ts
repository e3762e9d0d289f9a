import { refuse as refuseCaller } from '@hub/kit/errors.ts'
import type { FeedItem } from '@hub/kit/event-feed.ts'
import { refuse } from '../domain/errors.ts'
import { departmentStream } from '../domain/stream-names.ts'
import { assignmentEventKinds, type AssignmentEventKind as Kind } from '../domain/values.ts'
import { deliver, type Delivery } from './assignment-events-source.ts'
import { findAssignment } from './assignment.ts'
import { builder } from './builder.ts'
import { Assignment } from './case-ref.ts'
import type { RoomContext } from './context.ts'

/** An event of a unit's stream on its way to the unit's own system. */
interface DeliveredAssignment {
  readonly cursor: string
  readonly eventId: string
  readonly kind: string
  readonly at: Date
  readonly assignmentId: string | null
}

const kinds: Readonly<Record<Kind, string>> = {
  ISSUED: 'A case was dispatched to the unit; its clock runs (R49). 派发',
  SIGNED_FOR: 'The unit took note of it. 签收',
  REPLIED: 'The unit replied (R31). 回复',
  REPLY_ACCEPTED: 'The office accepted the reply. 回复通过',
  REDO_ORDERED: 'The office rejected the reply: to be done again by a date (R68–R70). 责成重办',
  RETURN_REQUESTED: 'The unit says it is not its matter. 申请退单',
  RETURN_REFUSED: 'The unit has to handle it all the same. 退单未准',
  RETURNED: 'Taken back from the unit. 退单',
  EXTENSION_REQUESTED: 'The lead asked for more time (R60). 申请延期',
  EXTENSION_REFUSED: 'No more time was granted (R60). 延期未准',
  EXTENDED: 'More time was granted, within the cap (R60, R61). 延期',
  LEAD_CHANGED: 'The unit became the lead, or no longer is (R54). 主办变更',
  DUE_MOVED: 'The date was computed anew, as when a calendar was announced. 期限重算',
  CANCELLED: 'Called off. 撤销',
  HEARTBEAT: 'Nothing happened; here is the cursor to resume from. 心跳',
}

const AssignmentEventKind = builder.enumType('AssignmentEventKind', {
  description: "What happened to a unit's assignment. 承办任务事件类型",
  values: Object.fromEntries(
    assignmentEventKinds.map((kind) => [kind, { description: kinds[kind] }]),
  ) as Record<Kind, { description: string }>,
})

const AssignmentEvent = builder.objectRef<DeliveredAssignment>('AssignmentEvent').implement({
  description:
    'Something that happened to an assignment, in the order of its unit. At least once on the wire: keep effect and cursor together, or know it by eventId. 承办任务事件',
  fields: (t) => ({
    cursor: t.exposeString('cursor', {
      description: 'Give it as `after` to go on from just behind this event. 游标',
    }),
    eventId: t.exposeID('eventId', {
      description: 'The same whenever this event is delivered, and in every stream. 事件编号',
    }),
    kind: t.field({ type: AssignmentEventKind, description: 'What happened. 事件类型', resolve: kindOf }),
    at: t.expose('at', { type: 'DateTime', description: 'When it happened. 发生时间' }),
    assignment: t.field({
      type: Assignment,
      nullable: true,
      description:
        'The assignment as it stands now; null on HEARTBEAT, and when the viewer no longer reaches its case. 承办任务',
      resolve: ({ assignmentId }, _args, context) =>
        assignmentId === null ? null : findAssignment(assignmentId, context),
    }),
  }),
})

/** Who follows assignments: the hotline any unit's, a unit its own and those of the units under it. */
const followers = ['OPERATOR', 'OFFICE', 'ADMIN', 'DEPARTMENT']

interface Arguments {
  readonly department: string
  readonly after?: string | null | undefined
  readonly subtree?: boolean | null | undefined
}

builder.subscriptionField('assignmentEvents', (t) =>
  t.field({
    type: AssignmentEvent,
    description:
      'Every assignment event of one unit, and with `subtree` of the units under it, in order, from just after the cursor; without one, from now. 承办任务事件流',
    authScopes: { role: followers },
    args: {
      department: t.arg.id({ required: true, description: 'Code of the unit. 单位代码' }),
      after: t.arg.string({
        description: 'Cursor of the last event received, or `streamCursor` of the list. 游标',
      }),
      subtree: t.arg.boolean({
        defaultValue: false,
        description: 'Also the units under it; their events keep their order unit by unit. 含下级单位',
      }),
    },
    subscribe: (_root, args, context) => followAssignments(args, context),
    resolve: (event) => event,
  }),
)

/** The events of a unit as the viewer may receive them. */
async function followAssignments(
  { department, after, subtree }: Arguments,
  context: RoomContext,
): Promise<Delivery<DeliveredAssignment>> {
  const { caller, feed, read } = context
  await requireFollower(department, context)
  if (!(await read.isKnownDepartment(department))) throw refuse('DEPARTMENT_NOT_FOUND', { department })
  return deliver({
    feed,
    caller,
    streams: subtree ? () => read.listSubtreeStreams(department) : [departmentStream(department)],
    form: subtree ? 'vector' : 'single',
    after: after ?? null,
    admit: async () => {
      await requireFollower(department, context)
      return true
    },
    shape: (item) => shape(item, context),
  })
}

/** Refuses whoever may not follow a unit; asked again with every event, for the tree of units may change. */
async function requireFollower(department: string, { room, viewer }: RoomContext): Promise<void> {
  if (!followers.includes(viewer.role)) throw refuseCaller('FORBIDDEN')
  if (viewer.role !== 'DEPARTMENT' || viewer.department === department) return
  const tree = await room.tree.current()
  const own = viewer.department
  if (own === null || !tree.isWithin(department, own)) throw refuseCaller('FORBIDDEN')
}

function shape({ cursor, event }: FeedItem, { room }: RoomContext): DeliveredAssignment {
  if (!event)
    return { cursor, eventId: `heartbeat:${cursor}`, kind: 'HEARTBEAT', at: room.clock(), assignmentId: null }
  const { at, data, eventId, kind } = event
  return { cursor, eventId, kind, at, assignmentId: String(data['assignment']) }
}

/** An event that cannot be told fails by itself, as it is resolved: the stream goes on behind it. */
function kindOf({ kind }: DeliveredAssignment): Kind {
  const known = assignmentEventKinds.find((known) => known === kind)
  if (!known) throw new Error(`a department's stream holds an event of the unknown kind ${kind}`)
  return known
}
