import type { SupervisionOrder as Order } from '../domain/order.ts'
import { builder, FLAG_READERS, SUPERVISORS } from './builder.ts'
import type { Context } from './context.ts'
import { SupervisionOrder } from './order.ts'
import { Case } from './references.ts'

interface Supervised {
  readonly number: string
}

const CaseSupervision = builder.objectRef<Supervised>('CaseSupervision').implement({
  description:
    'What supervision knows of a case. A department sees what concerns it and the units under it. 工单督办情况',
  authScopes: { role: FLAG_READERS },
  fields: (t) => ({
    overdueCount: t.int({
      description: 'Assignments past their date now (R66). 逾期任务数',
      resolve: async ({ number }, _args, { overdueOfCase, scope }) => {
        const [departments, visible] = await Promise.all([overdueOfCase.load(number), scope()])
        return departments.filter((code) => !visible || visible.has(code)).length
      },
    }),
    openOrderCount: t.int({
      description:
        'Supervision orders that wait for a reply; a case with one cannot be closed. 未回复督办件数',
      resolve: async ({ number }, _args, context) =>
        (await visibleOrders(number, context)).filter(({ status }) => status === 'ISSUED').length,
    }),
    orders: t.field({
      type: [SupervisionOrder],
      nullable: true,
      description: 'All orders, oldest first; null where the viewer may not see them. 督办件',
      resolve: async ({ number }, _args, context) =>
        mayRead(context) ? await visibleOrders(number, context) : null,
    }),
  }),
})

function mayRead({ caller }: Context): boolean {
  return SUPERVISORS.some((role) => role === caller.role)
}

async function visibleOrders(number: string, { ordersOfCase, scope }: Context): Promise<Order[]> {
  const [orders, visible] = await Promise.all([ordersOfCase.load(number), scope()])
  return orders.filter(({ departments }) => !visible || departments.some((code) => visible.has(code)))
}

Case.implement({
  description: 'A case; this room knows its number and what is overdue in it. 诉求工单',
  externalFields: (t) => ({
    number: t.string({ description: 'Number of the case. 工单编号' }),
  }),
  fields: (t) => ({
    supervision: t.field({
      type: CaseSupervision,
      nullable: true,
      authScopes: { role: FLAG_READERS },
      description: 'Overdue work and supervision orders (R66). 督办情况',
      resolve: ({ number }) => ({ number }),
    }),
  }),
})
