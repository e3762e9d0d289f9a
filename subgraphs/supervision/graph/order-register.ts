import { connectionOf } from '@hub/kit/graph.ts'
import { refuse } from '@hub/kit/errors.ts'
import { decodeCursor, encodeCursor, pageOf, pageSize } from '@hub/kit/paging.ts'
import { isId } from '../domain/id.ts'
import { builder, SUPERVISORS } from './builder.ts'
import { departmentsAsked } from './departments-asked.ts'
import { SupervisionOrder, SupervisionStatus } from './order.ts'
import { PageInfo } from './references.ts'

const SupervisionOrderConnection = connectionOf(builder, 'SupervisionOrder', SupervisionOrder, PageInfo)

builder.queryField('supervisionOrders', (t) =>
  t.field({
    type: SupervisionOrderConnection,
    authScopes: { role: SUPERVISORS },
    description:
      'The register of supervision orders, newest first (R24-R28). A department sees its own and those of the units under it. 督办台账',
    args: {
      department: t.arg.id({
        required: false,
        description: 'Only of this unit and the units under it. 单位',
      }),
      status: t.arg({ type: [SupervisionStatus], required: false, description: 'Only in these. 状态' }),
      first: t.arg.int({ defaultValue: 20, description: 'How many, 1 to 100. 数量' }),
      after: t.arg.string({ required: false, description: 'Cursor of the last one seen. 游标' }),
    },
    resolve: async (_root, { department, status, first, after }, context) => {
      const size = pageSize(first, 20)
      const rows = await context.listOrders({
        departments: await departmentsAsked(context, department),
        status: status ?? null,
        after: after ? placeOf(after) : null,
        limit: size + 1,
      })
      return pageOf(rows, size, after, ({ issuedAt, id }) => encodeCursor([issuedAt.getTime(), id]))
    },
  }),
)

function placeOf(after: string): { issuedAt: Date; id: string } {
  const [time, id] = decodeCursor(after, 2)
  const issuedAt = new Date(Number(time))
  if (Number.isNaN(issuedAt.getTime()) || !isId(String(id))) throw refuse('CURSOR_INVALID')
  return { issuedAt, id: String(id) }
}
