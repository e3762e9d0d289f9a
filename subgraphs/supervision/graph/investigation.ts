import type {
  Investigation as Row,
  InvestigationStatus,
  Participant,
  ParticipantKind,
} from '../domain/investigation.ts'
import { builder } from './builder.ts'
import { Case, Department } from './references.ts'

/** Who reads of investigations: the office and its leaders, and the units that take part. */
export const INVESTIGATION_READERS = ['OPERATOR', 'OFFICE', 'DEPARTMENT', 'LEADER', 'ADMIN'] as const

export const Status = builder.enumType('InvestigationStatus', {
  description: 'The life of an investigation. 现场调查状态',
  values: {
    DECIDED: { description: 'Decided on, still to be made. 已决定' },
    FOUND: { description: 'Made; the findings are recorded. 已形成结论' },
    CLOSED: { description: 'Ended with a conclusion. 已办结' },
    CANCELLED: { description: 'Given up; the conclusion says why. 已取消' },
  } satisfies Record<InvestigationStatus, { description: string }>,
})

const Kind = builder.enumType('ParticipantKind', {
  description: 'Who takes part in an investigation. 参加方类别',
  values: {
    DEPARTMENT: { description: 'A department concerned (R74). 有关部门' },
    NEWS_MEDIA: { description: 'News media (R75). 新闻单位' },
    OTHER: { description: 'Another organisation. 其他' },
  } satisfies Record<ParticipantKind, { description: string }>,
})

const ParticipantRef = builder.objectRef<Participant>('InvestigationParticipant').implement({
  description: 'An organisation that takes part; never a person. 参加方',
  authScopes: { role: INVESTIGATION_READERS },
  fields: (t) => ({
    kind: t.expose('kind', { type: Kind, description: 'What it is. 类别' }),
    department: t.field({
      type: Department,
      nullable: true,
      description: 'The department. 部门',
      resolve: ({ department }) => (department === null ? null : { code: department }),
    }),
    organisation: t.exposeString('organisation', {
      nullable: true,
      description: 'Name of the organisation, where it is no department. 单位名称',
    }),
  }),
})

const casesOf = (numbers: readonly string[]) => numbers.map((number) => ({ number }))

export const Investigation = builder.objectRef<Row>('Investigation').implement({
  description:
    'An investigation on the spot with departments and news media, at the discretion of the office (R73-R75). 现场调查',
  authScopes: { role: INVESTIGATION_READERS },
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id. 标识' }),
    status: t.expose('status', { type: Status, description: 'Where it stands. 状态' }),
    subject: t.exposeString('subject', { description: 'What it is about. 调查事项' }),
    reason: t.exposeString('reason', { description: 'Why the office decided on it (R73). 决定理由' }),
    place: t.exposeString('place', { description: 'Where. 地点' }),
    plannedOn: t.expose('plannedOn', { type: 'Date', description: 'The day planned. 计划日期' }),
    topic: t.exposeID('topic', { nullable: true, description: 'The hot topic behind it (R76). 热点' }),
    cases: t.field({
      type: [Case],
      description: 'The cases behind it. 相关工单',
      resolve: ({ cases }) => casesOf(cases),
    }),
    participants: t.field({
      type: [ParticipantRef],
      description: 'Who takes part (R74, R75). 参加方',
      resolve: ({ participants }) => [...participants],
    }),
    decidedAt: t.expose('decidedAt', { type: 'DateTime', description: 'When it was decided on. 决定时间' }),
    findings: t.exposeString('findings', { nullable: true, description: 'What was found. 调查结论' }),
    visitedOn: t.expose('visitedOn', {
      type: 'Date',
      nullable: true,
      description: 'The day of the visit. 调查日期',
    }),
    followUpCases: t.field({
      type: [Case],
      description: 'The cases that follow from it. 后续工单',
      resolve: ({ followUpCases }) => casesOf(followUpCases),
    }),
    conclusion: t.exposeString('conclusion', { nullable: true, description: 'How it ended. 办结意见' }),
    closedAt: t.expose('closedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended. 办结时间',
    }),
  }),
})
