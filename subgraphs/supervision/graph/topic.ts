import { pageSize } from '@hub/kit/paging.ts'
import type { Topic as Row, TopicStatus } from '../domain/topic.ts'
import { builder, OFFICE } from './builder.ts'
import { Department } from './references.ts'

const readers = { role: ['OPERATOR', 'OFFICE', 'LEADER', 'ADMIN'] as const }

const Status = builder.enumType('TopicStatus', {
  description: 'The life of a hot topic. 热点状态',
  values: {
    PROPOSED: { description: 'The figures propose it; a person is to look. 待确认' },
    CONFIRMED: { description: 'A person confirmed it and named it. 已确认' },
    DISMISSED: { description: 'A person found nothing in it. 已排除' },
    CLOSED: { description: 'It is over. 已结束' },
  } satisfies Record<TopicStatus, { description: string }>,
})

const MatterType = builder.enumType('MatterType', {
  description: 'What kind of matter it is (R1–R7). 诉求类型',
  values: {
    CONSULTATION: { description: 'A question on functions, duties, policy or procedure (R1). 咨询' },
    COMPLAINT: { description: 'A complaint (R2, R97). 投诉' },
    SUGGESTION: { description: 'An opinion or a suggestion (R3, R96). 意见建议' },
    HELP: { description: 'Non-emergency service or help (R4). 求助' },
    REPORT: { description: 'A report of danger; confidential unless said otherwise (R5). 举报' },
    PRAISE: { description: 'Praise: passed on, without a clock (R7). 表扬' },
  },
})

type Matter = (typeof MatterType)['$inferType']

const Topic = builder.objectRef<Row>('Topic').implement({
  description:
    'A hot topic: a district, a kind of matter and a unit whose cases grew beyond their own baseline; proposed by the figures, confirmed by a person (R76). 热点',
  authScopes: readers,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id. 标识' }),
    status: t.expose('status', { type: Status, description: 'Where it stands. 状态' }),
    district: t.exposeString('district', { description: 'The district. 区县' }),
    matterType: t.field({
      type: MatterType,
      description: 'The kind of matter. 诉求类型',
      resolve: ({ matterType }) => matterType as Matter,
    }),
    department: t.field({
      type: Department,
      nullable: true,
      description: 'The lead unit; null where the cases were not dispatched. 牵头单位',
      resolve: ({ department }) => (department === null ? null : { code: department }),
    }),
    recent: t.exposeInt('recent', { description: 'Cases of the window. 近期数' }),
    expected: t.exposeFloat('expected', {
      description: 'Cases that the windows before it brought on average. 基线',
    }),
    windowFrom: t.expose('windowFrom', { type: 'Date', description: 'First day of the window. 起始日' }),
    windowTo: t.expose('windowTo', { type: 'Date', description: 'Last day, counted in. 截止日' }),
    proposedAt: t.expose('proposedAt', { type: 'DateTime', description: 'When it was proposed. 提出时间' }),
    title: t.exposeString('title', { nullable: true, description: 'What it is about, by a person. 标题' }),
    summary: t.exposeString('summary', { nullable: true, description: 'In a few words, by a person. 概要' }),
    conclusion: t.exposeString('conclusion', {
      nullable: true,
      description: 'What came of it, or why it was dismissed. 结论',
    }),
  }),
})

const topic = 'Id of the topic. 热点'

builder.mutationFields((t) => ({
  proposeTopics: t.field({
    type: [Topic],
    authScopes: { role: OFFICE },
    description:
      'Looks for topics now, as the hub does by itself every day; answers what is proposed (R76). 发现热点',
    resolve: (_root, _args, { command }) => command.proposeTopics(),
  }),
  confirmTopic: t.field({
    type: Topic,
    authScopes: { role: OFFICE },
    description: 'A person confirms a proposed topic and names it (R76). 确认热点',
    args: {
      topic: t.arg.id({ required: true, description: topic }),
      title: t.arg.string({ required: true, description: 'What it is about. 标题' }),
      summary: t.arg.string({ required: true, description: 'In a few words, without personal data. 概要' }),
    },
    resolve: async (_root, args, { command, read }) => read.topic(await command.confirmTopic(args)),
  }),
  endTopic: t.field({
    type: Topic,
    authScopes: { role: OFFICE },
    description: 'Dismisses a proposed topic, or closes a confirmed one (R76). 排除或结束热点',
    args: {
      topic: t.arg.id({ required: true, description: topic }),
      dismissed: t.arg.boolean({ required: true, description: 'Whether nothing was found in it. 是否排除' }),
      conclusion: t.arg.string({ required: true, description: 'What came of it, or why not. 结论' }),
    },
    resolve: async (_root, args, { command, read }) => read.topic(await command.endTopic(args)),
  }),
}))

builder.queryField('topics', (t) =>
  t.field({
    type: [Topic],
    authScopes: readers,
    description: 'Hot topics, newest first (R76). 热点',
    args: {
      status: t.arg({ type: [Status], required: false, description: 'Only in these. 状态' }),
      first: t.arg.int({ defaultValue: 20, description: 'How many, 1 to 100. 数量' }),
    },
    resolve: (_root, { status, first }, { read }) =>
      read.topics({ status: status ?? null, limit: pageSize(first, 20) }),
  }),
)
