import { endOfDay, startOfDay } from '@hub/kit/day.ts'
import { connectionOf } from '@hub/kit/graph.ts'
import { decodeCursor, encodeCursor, pageOf, pageSize } from '@hub/kit/paging.ts'
import { anyone, builder, PageInfo } from './builder.ts'
import { Case } from './case-ref.ts'
import { CaseStatus, Channel, MatterType, Urgency } from './enums.ts'

const CaseConnection = connectionOf(builder, 'Case', Case, PageInfo)

const CaseFilter = builder.inputType('CaseFilter', {
  description: 'What a list of cases is narrowed to; all that is given must hold. 工单筛选条件',
  fields: (t) => ({
    status: t.field({ type: [CaseStatus], description: 'One of these. 状态' }),
    district: t.string({ description: 'District or county by name. 区县' }),
    department: t.id({ description: 'Code of a unit that has or had an assignment of it. 承办单位' }),
    matterType: t.field({ type: [MatterType], description: 'One of these. 诉求类型' }),
    channel: t.field({ type: [Channel], description: 'One of these. 受理渠道' }),
    urgency: t.field({ type: [Urgency], description: 'One of these. 紧急程度' }),
    receivedFrom: t.field({ type: 'Date', description: 'Received on this day or later. 来电起始日' }),
    receivedTo: t.field({ type: 'Date', description: 'Received on this day or earlier. 来电截止日' }),
    text: t.string({
      description: "Words that stand in its title or content; a caller's data are not found. 关键词",
    }),
  }),
})

builder.queryFields((t) => ({
  case: t.field({
    type: Case,
    nullable: true,
    description: 'A case by its number; null when there is none that the viewer reaches. 按编号查询工单',
    authScopes: { role: [...anyone] },
    args: { number: t.arg.string({ required: true, description: 'JN-20261123-000123. 工单编号' }) },
    resolve: (_root, { number }, { load }) => load.case.load(number),
  }),
  cases: t.field({
    type: CaseConnection,
    description:
      "Cases that the viewer reaches, newest number first, in keyset pages. A department sees its own and those of units under it, a portal its district's or its citizen's, the hotline all. 工单列表",
    authScopes: { role: [...anyone] },
    args: {
      filter: t.arg({ type: CaseFilter, description: 'What to narrow the list to. 筛选条件' }),
      first: t.arg.int({ defaultValue: 20, description: 'How many, 1 to 100. 条数' }),
      after: t.arg.string({ description: 'Cursor of the last edge of the page before. 游标' }),
    },
    resolve: async (_root, { filter, first, after }, { read }) => {
      const size = pageSize(first, 20)
      const [number] = after ? decodeCursor(after, 1) : [null]
      const { receivedFrom, receivedTo, ...rest } = filter ?? {}
      const days = {
        receivedFrom: receivedFrom ? startOfDay(receivedFrom) : null,
        receivedBefore: receivedTo ? endOfDay(receivedTo) : null,
      }
      const place = number === null ? null : String(number)
      const rows = await read.listCases({ ...rest, ...days }, size + 1, place)
      return pageOf(rows, size, after, (found) => encodeCursor([found.number]))
    },
  }),
}))
