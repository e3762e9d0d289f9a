import { mayRead, visibleDeliveries, type Delivery } from '../domain/report-delivery.ts'
import { csvOf, markdownOf } from '../domain/report-print.ts'
import type { Report as Row } from '../domain/report.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { FiguresRef } from './report-figures.ts'
import { workbookOf } from './report-workbook.ts'
import { Kind, RecipientRef, REPORT_READERS, Status } from './report-enums.ts'

const readers = { role: REPORT_READERS }

const DeliveryRef = builder.objectRef<Delivery>('ReportDelivery').implement({
  description: 'To whom a report was sent, how and when (R18-R20, R80). 报送记录',
  authScopes: readers,
  fields: (t) => ({
    recipient: t.expose('recipient', { type: RecipientRef, description: 'Which body. 报送对象' }),
    organisation: t.exposeString('organisation', { description: 'Name of the organisation. 单位名称' }),
    mode: t.exposeString('mode', { description: 'How it was sent. 报送方式' }),
    sentAt: t.expose('sentAt', { type: 'DateTime', description: 'When it was sent. 报送时间' }),
  }),
})

export const Report = builder.objectRef<Row>('Report')
Report.implement({
  description:
    'A report, circular or bulletin: words and frozen figures, approved, issued and delivered (R20-R23, R78-R85). 信息与报告',
  authScopes: readers,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id. 标识' }),
    kind: t.expose('kind', { type: Kind, description: 'Which kind. 种类' }),
    status: t.expose('status', { type: Status, description: 'Where it stands. 状态' }),
    documentNumber: t.exposeString('documentNumber', {
      nullable: true,
      description: 'Its number, without gaps per kind and year; null before the issue. 文号',
    }),
    title: t.exposeString('title', { description: 'Title. 标题' }),
    from: t.expose('from', { type: 'Date', description: 'First day of the period. 起始日' }),
    to: t.expose('to', { type: 'Date', description: 'Last day, counted in. 截止日' }),
    text: t.exposeString('text', { description: 'Its words; never with personal data. 正文' }),
    figures: t.field({
      type: FiguresRef,
      description: 'Its figures, frozen. 数据',
      resolve: ({ figures }) => figures,
    }),
    corrects: t.field({
      type: Report,
      nullable: true,
      description: 'The issue that this one corrects. 被更正文件',
      resolve: async ({ corrects }, _args, context) =>
        corrects === null ? null : shown((await context.reportOf.load(corrects))[0], context),
    }),
    correctedBy: t.field({
      type: Report,
      nullable: true,
      description: 'The issue that corrects this one. 更正文件',
      resolve: async ({ id }, _args, context) => shown((await context.correctionOf.load(id))[0], context),
    }),
    draftedAt: t.expose('draftedAt', { type: 'DateTime', description: 'When it was drafted. 起草时间' }),
    approvedAt: t.expose('approvedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was approved. 审定时间',
    }),
    issuedAt: t.expose('issuedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was issued. 印发时间',
    }),
    deliveries: t.field({
      type: [DeliveryRef],
      description: 'To whom it was sent; oversight sees what went to its bodies (R18-R20, R80). 报送记录',
      resolve: async ({ id }, _args, { deliveriesOf, caller }) => [
        ...visibleDeliveries(caller, await deliveriesOf.load(id)),
      ],
    }),
    feedbackCount: t.int({
      description: 'How many people spoke to it (R23). 意见数',
      resolve: async ({ id }, _args, { feedbackCountOf }) => (await feedbackCountOf.load(id))[0] ?? 0,
    }),
    feedback: t.stringList({
      authScopes: { role: ['OFFICE', 'LEADER'] },
      description: 'What people said to it, in no order and without who said it (R23). 公众意见',
      resolve: ({ id }, _args, { read }) => read.feedback(id),
    }),
    markdown: t.string({
      description: 'The report as Markdown. 文本',
      resolve: async (report, _args, { reportOf }) => {
        const [corrected] = report.corrects === null ? [] : await reportOf.load(report.corrects)
        return markdownOf(report, corrected?.documentNumber ?? null)
      },
    }),
    xlsx: t.string({
      description: 'Its figures as a workbook for a spreadsheet: an .xlsx file in base64. 电子表格',
      resolve: (report) => workbookOf(report),
    }),
    csv: t.string({
      description: 'Its figures as a spreadsheet: CSV in UTF-8, formulas disarmed. 表格',
      resolve: (report) => csvOf(report),
    }),
  }),
})

/** A report reached from another one is read by whom it is for, like any other. */
async function shown(report: Row | undefined, { caller, deliveriesOf }: Context): Promise<Row | null> {
  return report && mayRead(caller, report, await deliveriesOf.load(report.id)) ? report : null
}
