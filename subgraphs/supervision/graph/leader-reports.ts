import { pageSize } from '@hub/kit/paging.ts'
import { actBy, workingDaysWaited, type LeaderReport as Report } from '../domain/leader-report.ts'
import { builder } from './builder.ts'
import { Case, Department } from './references.ts'

const readers = { role: ['OPERATOR', 'OFFICE', 'LEADER', 'ADMIN'] as const }

const LeaderReport = builder.objectRef<Report>('LeaderReport').implement({
  description:
    'A case that was put before a leader: because units disagree (R71), or as a hard matter (R52). 呈报事项',
  authScopes: readers,
  fields: (t) => ({
    case: t.field({
      type: Case,
      description: 'The case. 诉求工单',
      resolve: ({ number }) => ({ number }),
    }),
    departments: t.field({
      type: [Department],
      description: 'The units that it was given to so far. 相关单位',
      resolve: async ({ number }, _args, { unitsOfCase }) =>
        (await unitsOfCase.load(number)).map((code) => ({ code })),
    }),
    disputedAt: t.expose('disputedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When units last disagreed; null where they do not. 争议时间',
    }),
    reportedAt: t.expose('reportedAt', { type: 'DateTime', description: 'When it was reported. 呈报时间' }),
    instructedAt: t.expose('instructedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the instruction came; null while it is waited for. 批示时间',
    }),
    workingDaysWaited: t.int({
      description: 'Working days since the report, or since the instruction. 已等待工作日',
      resolve: (report, _args, { today, calendar }) => workingDaysWaited(report, today, calendar),
    }),
    actBy: t.field({
      type: 'Date',
      nullable: true,
      description:
        'The day by which the instruction is to be carried out (R72); null while it is waited for. 落实期限',
      resolve: (report, _args, { policies, calendar }) => actBy(report, policies(), calendar),
    }),
    actOverdue: t.boolean({
      description: 'Whether that day has passed. 落实是否逾期',
      resolve: (report, _args, { today, policies, calendar }) => {
        const by = actBy(report, policies(), calendar)
        return by !== null && today > by
      },
    }),
  }),
})

const first = 'How many, 1 to 100. 数量'

builder.queryFields((t) => ({
  openDisagreements: t.field({
    type: [LeaderReport],
    authScopes: readers,
    description:
      'Cases whose units disagree and whose instruction is waited for, the longest waiting first (R71). 待批示争议',
    args: { first: t.arg.int({ defaultValue: 20, description: first }) },
    resolve: (_root, args, { read }) =>
      read.leaderReports({ disputed: true, instructed: false, limit: pageSize(args.first, 20) }),
  }),
  openInstructions: t.field({
    type: [LeaderReport],
    authScopes: readers,
    description:
      "Cases whose leader's instruction came and is not carried out yet, with its own clock (R53, R72). 待落实批示",
    args: { first: t.arg.int({ defaultValue: 20, description: first }) },
    resolve: (_root, args, { read }) =>
      read.leaderReports({ disputed: false, instructed: true, limit: pageSize(args.first, 20) }),
  }),
}))
