import { refuse } from '@hub/kit/errors.ts'
import type { FeedItem } from '@hub/kit/event-feed.ts'
import { EMERGENCY_STREAM } from '../domain/stream-names.ts'
import { deliver, type Delivery } from './assignment-events-source.ts'
import { builder } from './builder.ts'
import { Case } from './case-ref.ts'
import type { RoomContext } from './context.ts'

type Kind = 'RAISED' | 'PROGRESSED' | 'HEARTBEAT'

/** An event of the emergency stream on its way to a viewer. */
interface DeliveredEmergency {
  readonly cursor: string
  readonly eventId: string
  readonly kind: Kind
  readonly at: Date
  readonly caseNumber: string | null
}

const EmergencyEventKind = builder.enumType('EmergencyEventKind', {
  description: 'What happened to a major sudden incident. 突发事件类型',
  values: {
    RAISED: { description: 'Verified and raised; the units are told at once (R56–R58). 上报' },
    PROGRESSED: { description: 'An entry was added to its log (R62). 续报' },
    HEARTBEAT: { description: 'Nothing happened; here is the cursor to resume from. 心跳' },
  },
})

const EmergencyEvent = builder.objectRef<DeliveredEmergency>('EmergencyEvent').implement({
  description: 'A major sudden incident, as it is raised and as it goes on (R56–R58, R62). 突发事件',
  fields: (t) => ({
    cursor: t.exposeString('cursor', {
      description: 'Give it as `after` to go on from just behind this event. 游标',
    }),
    eventId: t.exposeID('eventId', {
      description: 'The same whenever this event is delivered, and in every stream. 事件编号',
    }),
    kind: t.expose('kind', { type: EmergencyEventKind, description: 'What happened. 事件类型' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it happened. 发生时间' }),
    case: t.field({
      type: Case,
      nullable: true,
      description:
        'The case as it stands now; null on HEARTBEAT, and when the viewer does not reach it. 工单',
      resolve: ({ caseNumber }, _args, { load }) => (caseNumber === null ? null : load.case.load(caseNumber)),
    }),
  }),
})

/** Who follows emergencies: the hotline and the leaders all of them, a unit those that it was told of or handles. */
const followers = ['OPERATOR', 'OFFICE', 'LEADER', 'ADMIN', 'DEPARTMENT']

builder.subscriptionField('emergencyEvents', (t) =>
  t.field({
    type: EmergencyEvent,
    description:
      'Major sudden incidents, as they are raised and as they go on, from just after the cursor; without one, from now (R56–R58, R62). 突发事件流',
    authScopes: { role: followers },
    args: { after: t.arg.string({ description: 'Cursor of the last event received. 游标' }) },
    subscribe: (_root, { after }, context) => followEmergencies(after ?? null, context),
    resolve: (event) => event,
  }),
)

function followEmergencies(
  after: string | null,
  context: RoomContext,
): Promise<Delivery<DeliveredEmergency>> {
  const { caller, feed, viewer } = context
  return deliver({
    feed,
    caller,
    streams: [EMERGENCY_STREAM],
    form: 'single',
    after,
    admit: async (item) => {
      if (!followers.includes(viewer.role)) throw refuse('FORBIDDEN')
      return viewer.role !== 'DEPARTMENT' || !item?.event || (await concerns(item, context))
    },
    shape: (item) => shape(item, context),
  })
}

/** Whether a unit was told of the incident, or handles its case. */
async function concerns({ event }: FeedItem, { read, viewer }: RoomContext): Promise<boolean> {
  const told = String(event?.data['departments'] ?? '').split(',')
  if (viewer.department !== null && told.includes(viewer.department)) return true
  return read.reachesCase(String(event?.data['case']))
}

function shape({ cursor, event }: FeedItem, { room }: RoomContext): DeliveredEmergency {
  if (!event)
    return { cursor, eventId: `heartbeat:${cursor}`, kind: 'HEARTBEAT', at: room.clock(), caseNumber: null }
  const kind = event.kind === 'EmergencyRaised' ? 'RAISED' : 'PROGRESSED'
  return { cursor, eventId: event.eventId, kind, at: event.at, caseNumber: String(event.data['case']) }
}
