import { refuse } from '@hub/kit/errors.ts'
import { connectionOf } from '@hub/kit/graph.ts'
import { decodeCursor, encodeCursor, pageOf, pageSize } from '@hub/kit/paging.ts'
import { isId } from '../domain/id.ts'
import { scopeOfReports } from '../domain/report-delivery.ts'
import { builder } from './builder.ts'
import { PageInfo } from './references.ts'
import { Kind, RecipientRef, REPORT_READERS } from './report-enums.ts'
import { Report } from './report.ts'

const desk = { role: ['OPERATOR', 'OFFICE'] as const }
const approvers = { role: ['OFFICE', 'LEADER'] as const }
const office = { role: ['OFFICE'] as const }

const DraftInput = builder.inputType('DraftReportInput', {
  description: 'A report as it is drafted; its figures are taken at that moment. 起草内容',
  fields: (t) => ({
    kind: t.field({ type: Kind, required: true, description: 'Which kind. 种类' }),
    title: t.string({ required: true, description: 'Title. 标题' }),
    from: t.field({ type: 'Date', required: true, description: 'First day of the period. 起始日' }),
    to: t.field({
      type: 'Date',
      required: true,
      description: 'Last day, counted in; not after today. 截止日',
    }),
    text: t.string({ required: true, description: 'Its words, without personal data (R85). 正文' }),
    topics: t.idList({
      required: true,
      defaultValue: [],
      description: 'Confirmed hot topics that it is about (R76, R84). 热点',
    }),
    corrects: t.id({
      description: 'The issued report of the same kind and period that it corrects. 被更正文件',
    }),
  }),
})

const DeliverInput = builder.inputType('DeliverReportInput', {
  description: 'That an issued report was sent (R18-R20, R80). 报送内容',
  fields: (t) => ({
    report: t.id({ required: true, description: 'Id of the report. 文件' }),
    recipient: t.field({ type: RecipientRef, required: true, description: 'Which body. 报送对象' }),
    organisation: t.string({ required: true, description: 'Name of the organisation. 单位名称' }),
    mode: t.string({ required: true, description: 'How it was sent. 报送方式' }),
    sentAt: t.field({ type: 'DateTime', required: true, description: 'When it was sent. 报送时间' }),
  }),
})

builder.mutationFields((t) => {
  const report = t.arg.id({ required: true, description: 'Id of the report. 文件' })
  return {
    draftReport: t.field({
      type: Report,
      authScopes: desk,
      description: 'Drafts a report with the figures of its period (R20-R22, R78-R85). 起草文件',
      args: { input: t.arg({ type: DraftInput, required: true, description: 'The draft. 草稿' }) },
      resolve: async (_root, { input }, { command, read }) => read.report(await command.draftReport(input)),
    }),
    reviseReport: t.field({
      type: Report,
      authScopes: desk,
      description: 'Rewrites a draft; its figures are taken anew. 修改草稿',
      args: {
        report,
        title: t.arg.string({ required: true, description: 'Title. 标题' }),
        text: t.arg.string({ required: true, description: 'Its words. 正文' }),
      },
      resolve: async (_root, args, { command, read }) => read.report(await command.reviseReport(args)),
    }),
    approveReport: t.field({
      type: Report,
      authScopes: approvers,
      description: 'Approves a draft: words and figures do not change any more. 审定文件',
      args: { report },
      resolve: async (_root, args, { command, read }) => read.report(await command.approveReport(args)),
    }),
    issueReport: t.field({
      type: Report,
      authScopes: office,
      description: 'Issues what was approved under the next number of its kind. 印发文件',
      args: { report },
      resolve: async (_root, args, { command, read }) => read.report(await command.issueReport(args)),
    }),
    withdrawReport: t.field({
      type: Report,
      authScopes: office,
      description: 'Gives up what is not issued yet. 撤回文件',
      args: { report },
      resolve: async (_root, args, { command, read }) => read.report(await command.withdrawReport(args)),
    }),
    deliverReport: t.field({
      type: Report,
      authScopes: desk,
      description: 'Records that an issued report was sent, to whom, how and when (R18-R20, R80). 登记报送',
      args: { input: t.arg({ type: DeliverInput, required: true, description: 'The delivery. 报送' }) },
      resolve: async (_root, { input }, { command, read }) => read.report(await command.deliverReport(input)),
    }),
    giveReportFeedback: t.field({
      type: Report,
      authScopes: { role: ['PORTAL'] },
      description: 'A person speaks to a public bulletin through a portal, once (R23). 公众反馈',
      args: {
        report,
        text: t.arg.string({ required: true, description: 'The words, without personal data. 意见' }),
      },
      resolve: async (_root, args, { command, read }) => read.report(await command.giveFeedback(args)),
    }),
  }
})

const ReportConnection = connectionOf(builder, 'Report', Report, PageInfo)

builder.queryFields((t) => ({
  reports: t.field({
    type: ReportConnection,
    authScopes: { role: REPORT_READERS },
    description:
      'Reports, newest first: the desk and leaders all; units circulars and bulletins; oversight what was delivered to it and bulletins; portals bulletins (R18-R23, R80-R85). 信息与报告',
    args: {
      kinds: t.arg({ type: [Kind], required: false, description: 'Only these kinds. 种类' }),
      first: t.arg.int({ defaultValue: 20, description: 'How many, 1 to 100. 数量' }),
      after: t.arg.string({ required: false, description: 'Cursor of the last one seen. 游标' }),
    },
    resolve: async (_root, { kinds, first, after }, { caller, read }) => {
      const size = pageSize(first, 20)
      const rows = await read.reports({
        scope: scopeOfReports(caller),
        id: null,
        kinds: kinds ?? null,
        after: after ? placeOf(after) : null,
        limit: size + 1,
      })
      return pageOf(rows, size, after, ({ draftedAt, id }) => encodeCursor([draftedAt.getTime(), id]))
    },
  }),
  report: t.field({
    type: Report,
    nullable: true,
    authScopes: { role: REPORT_READERS },
    description: 'One report, or null where there is none that the caller may read. 文件',
    args: { id: t.arg.id({ required: true, description: 'Id of the report. 标识' }) },
    resolve: async (_root, { id }, { caller, read }) => {
      if (!isId(id)) return null
      const scope = scopeOfReports(caller)
      return (await read.reports({ scope, id, kinds: null, after: null, limit: 1 }))[0] ?? null
    },
  }),
}))

function placeOf(after: string): { draftedAt: Date; id: string } {
  const [time, id] = decodeCursor(after, 2)
  const draftedAt = new Date(Number(time))
  if (Number.isNaN(draftedAt.getTime()) || !isId(String(id))) throw refuse('CURSOR_INVALID')
  return { draftedAt, id: String(id) }
}
