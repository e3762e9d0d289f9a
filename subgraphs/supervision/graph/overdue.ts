import { isDay } from '@hub/kit/day.ts'
import { refuse } from '@hub/kit/errors.ts'
import { connectionOf } from '@hub/kit/graph.ts'
import { decodeCursor, encodeCursor, pageOf, pageSize } from '@hub/kit/paging.ts'
import { builder, SUPERVISORS } from './builder.ts'
import { departmentsAsked } from './departments-asked.ts'
import { Assignment, Case, PageInfo } from './references.ts'

const OverdueConnection = connectionOf(builder, 'Overdue', Assignment, PageInfo)

builder.queryField('overdueAssignments', (t) =>
  t.field({
    type: OverdueConnection,
    authScopes: { role: SUPERVISORS },
    description:
      'Assignments past their date, oldest breach first (R66). A department sees its own and those of the units under it. 逾期任务',
    args: {
      department: t.arg.id({
        required: false,
        description: 'Only of this unit and the units under it. 单位',
      }),
      first: t.arg.int({ defaultValue: 20, description: 'How many, 1 to 100. 数量' }),
      after: t.arg.string({ required: false, description: 'Cursor of the last one seen. 游标' }),
    },
    resolve: async (_root, { department, first, after }, context) => {
      const size = pageSize(first, 20)
      const rows = await context.listOverdue({
        departments: await departmentsAsked(context, department),
        after: after ? placeOf(after) : null,
        limit: size + 1,
      })
      return pageOf(rows, size, after, ({ deadlineOn, id }) => encodeCursor([deadlineOn, id]))
    },
  }),
)

builder.queryField('casesWithoutEcho', (t) =>
  t.field({
    type: [Case],
    authScopes: { role: ['OPERATOR', 'OFFICE', 'LEADER', 'OVERSIGHT', 'ADMIN'] },
    description:
      'Closed cases without a recorded reply and outcome: always empty (R29 事事有回音、事事有落实). 无回音工单',
    args: { first: t.arg.int({ defaultValue: 20, description: 'How many, 1 to 100. 数量' }) },
    resolve: async (_root, { first }, { listCasesWithoutEcho }) =>
      (await listCasesWithoutEcho(pageSize(first, 20))).map((number) => ({ number })),
  }),
)

function placeOf(after: string): { deadlineOn: string; id: string } {
  const [deadlineOn, id] = decodeCursor(after, 2)
  if (!isDay(String(deadlineOn))) throw refuse('CURSOR_INVALID')
  return { deadlineOn: String(deadlineOn), id: String(id) }
}
