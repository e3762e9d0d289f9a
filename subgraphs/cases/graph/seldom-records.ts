import type {
  AmendmentRecord,
  DisputePosition,
  DisputeRecord,
  ReferralRecord,
  RefusalRecord,
} from '../domain/state-seldom.ts'
import { builder } from './builder.ts'
import { Department } from './department.ts'
import { MatterType, Urgency } from './enums.ts'
import { ReferralKind, RefusalReason } from './seldom-enums.ts'
import { insideText, readableOf } from './seen.ts'

/** A caller who was sent to a unit. */
export const Referral = builder.objectRef<ReferralRecord>('Referral').implement({
  description: 'The caller was sent to a unit, or the unit was phoned for them (R46–R48). 指引记录',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the referral. 编号' }),
    kind: t.expose('kind', { type: ReferralKind, description: 'How. 指引方式' }),
    department: t.field({
      type: Department,
      description: 'The unit. 单位',
      resolve: ({ department }) => ({ code: department }),
    }),
    note: t.string({
      nullable: true,
      description: 'A note; for the hotline, leaders and the units. 备注',
      resolve: ({ note, caseNumber }, _args, context) => insideText(note, caseNumber, context),
    }),
    followUpOn: t.expose('followUpOn', {
      type: 'Date',
      description: 'The day on which the office asks what came of it (R48). 跟踪日期',
    }),
    referredAt: t.expose('referredAt', { type: 'DateTime', description: 'When. 指引时间' }),
  }),
})

/** A matter outside the scope. */
export const CaseRefusal = builder.objectRef<RefusalRecord>('CaseRefusal').implement({
  description: 'A matter outside the scope, with the right route told (R4, R93–R95). 不予受理记录',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the refusal. 编号' }),
    reason: t.expose('reason', { type: RefusalReason, description: 'The class of reason. 类别' }),
    route: t.string({
      description: 'The right route, as the caller is told it. 告知途径',
      resolve: async ({ route, caseNumber }, _args, context) =>
        (await readableOf(route, caseNumber, context)) ?? '',
    }),
    proposedAt: t.expose('proposedAt', { type: 'DateTime', description: 'When it was proposed. 提出时间' }),
    confirmed: t.exposeBoolean('confirmed', {
      nullable: true,
      description: 'What the office decided; null before it did. 是否确认',
    }),
    decidedAt: t.expose('decidedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the office decided. 确认时间',
    }),
  }),
})

interface Position extends DisputePosition {
  readonly caseNumber: string
}

const DisputePositionType = builder.objectRef<Position>('DisputePosition').implement({
  description: 'What one unit holds (R71). 单位意见',
  fields: (t) => ({
    department: t.field({
      type: Department,
      description: 'The unit. 单位',
      resolve: ({ department }) => ({ code: department }),
    }),
    text: t.string({
      nullable: true,
      description: 'Its position; for the hotline, leaders and the units of the case. 意见',
      resolve: ({ text, caseNumber }, _args, context) => insideText(text, caseNumber, context),
    }),
  }),
})

/** Units that disagree. */
export const Dispute = builder.objectRef<DisputeRecord>('Dispute').implement({
  description: 'Units that disagree, each with its position; a leader settles it (R71, R72). 分歧记录',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the dispute. 编号' }),
    positions: t.field({
      type: [DisputePositionType],
      description: 'What each unit holds. 各方意见',
      resolve: ({ positions, caseNumber }) => positions.map((position) => ({ ...position, caseNumber })),
    }),
    raisedAt: t.expose('raisedAt', { type: 'DateTime', description: 'When it was raised. 提出时间' }),
    settled: t.boolean({
      description: 'Whether an instruction has settled it (R72). 是否已裁定',
      resolve: ({ settledBy }) => settledBy !== null,
    }),
  }),
})

/** A correction. */
export const CaseAmendment = builder.objectRef<AmendmentRecord>('CaseAmendment').implement({
  description: 'A correction before the case was dispatched, with what stood there (R44). 更正记录',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the correction. 编号' }),
    fields: t.stringList({
      description: 'Which fields were corrected. 更正项目',
      resolve: ({ fields }) => [...fields],
    }),
    formerTitle: t.string({
      nullable: true,
      description: 'The title before, where it was corrected; for the hotline, leaders and the units. 原标题',
      resolve: ({ former, caseNumber }, _args, context) =>
        insideText(former.title ?? null, caseNumber, context),
    }),
    formerContent: t.string({
      nullable: true,
      description:
        'The content before, where it was corrected; for the hotline, leaders and the units. 原内容',
      resolve: ({ former, caseNumber }, _args, context) =>
        insideText(former.content ?? null, caseNumber, context),
    }),
    formerUrgency: t.field({
      type: Urgency,
      nullable: true,
      description: 'The urgency before, where it was corrected. 原紧急程度',
      resolve: ({ former }) => former.urgency ?? null,
    }),
    formerDistrict: t.string({
      nullable: true,
      description: 'The district before, where it was corrected. 原区县',
      resolve: ({ former }) => former.district ?? null,
    }),
    formerMatterType: t.field({
      type: MatterType,
      nullable: true,
      description: 'The kind of matter before, where it was corrected. 原诉求类型',
      resolve: ({ former }) => former.matterType ?? null,
    }),
    reason: t.string({
      nullable: true,
      description: 'Why; for the hotline, leaders and the units. 更正理由',
      resolve: ({ reason, caseNumber }, _args, context) => insideText(reason, caseNumber, context),
    }),
    amendedAt: t.expose('amendedAt', { type: 'DateTime', description: 'When. 更正时间' }),
  }),
})
