import { pageSize } from '@hub/kit/paging.ts'
import { builder, OFFICE } from './builder.ts'
import { Investigation, INVESTIGATION_READERS, Status } from './investigation.ts'

const OpenInput = builder.inputType('OpenInvestigationInput', {
  description: 'The decision to investigate on the spot (R73-R75). Texts hold no personal data. 现场调查决定',
  fields: (t) => ({
    subject: t.string({ required: true, description: 'What it is about. 调查事项' }),
    reason: t.string({ required: true, description: 'Why (R73). 决定理由' }),
    place: t.string({ required: true, description: 'Where. 地点' }),
    plannedOn: t.field({ type: 'Date', required: true, description: 'The day planned. 计划日期' }),
    topic: t.id({ description: 'The hot topic behind it (R76). 热点' }),
    cases: t.stringList({
      required: true,
      description: 'Numbers of the cases behind it; may be empty. 相关工单',
    }),
    departments: t.idList({
      required: true,
      description: 'Codes of the departments that take part (R74). 有关部门',
    }),
    media: t.stringList({
      required: true,
      description: 'News media that take part (R75); may be empty. 新闻单位',
    }),
    others: t.stringList({ required: true, defaultValue: [], description: 'Other organisations. 其他单位' }),
  }),
})

const FindingsInput = builder.inputType('InvestigationFindingsInput', {
  description: 'What was found on the spot. 调查结论',
  fields: (t) => ({
    investigation: t.id({ required: true, description: 'Id of the investigation. 现场调查' }),
    findings: t.string({ required: true, description: 'What was found, without personal data. 结论' }),
    visitedOn: t.field({ type: 'Date', required: true, description: 'The day of the visit. 调查日期' }),
    followUpCases: t.stringList({
      required: true,
      description: 'Numbers of the cases that follow from it; may be empty. 后续工单',
    }),
  }),
})

builder.mutationFields((t) => ({
  openInvestigation: t.field({
    type: Investigation,
    authScopes: { role: OFFICE },
    description:
      'Decides on an investigation on the spot with departments and news media (R73-R75). 决定现场调查',
    args: { input: t.arg({ type: OpenInput, required: true, description: 'The decision. 决定' }) },
    resolve: async (_root, { input }, { command, read }) =>
      read.investigation(await command.openInvestigation(input)),
  }),
  recordInvestigationFindings: t.field({
    type: Investigation,
    authScopes: { role: OFFICE },
    description: 'Records what was found, and the cases that follow (R73-R75). 记录调查结论',
    args: { input: t.arg({ type: FindingsInput, required: true, description: 'The findings. 结论' }) },
    resolve: async (_root, { input }, { command, read }) =>
      read.investigation(await command.recordFindings(input)),
  }),
  endInvestigation: t.field({
    type: Investigation,
    authScopes: { role: OFFICE },
    description: 'Ends an investigation after its findings, or cancels it before (R73). 办结现场调查',
    args: {
      investigation: t.arg.id({ required: true, description: 'Id of the investigation. 现场调查' }),
      cancelled: t.arg.boolean({ required: true, description: 'Whether it is given up. 是否取消' }),
      conclusion: t.arg.string({ required: true, description: 'What came of it, or why not. 办结意见' }),
    },
    resolve: async (_root, args, { command, read }) =>
      read.investigation(await command.endInvestigation(args)),
  }),
}))

builder.queryField('investigations', (t) =>
  t.field({
    type: [Investigation],
    authScopes: { role: INVESTIGATION_READERS },
    description: 'Investigations, newest first; a unit sees those it takes part in (R73-R75). 现场调查',
    args: {
      status: t.arg({ type: Status, required: false, description: 'Only in this status. 状态' }),
      first: t.arg.int({ defaultValue: 20, description: 'How many, 1 to 100. 数量' }),
    },
    resolve: async (_root, { status, first }, { read, scope }) => {
      const visible = await scope()
      const departments = visible ? [...visible] : null
      return read.investigations({ status: status ?? null, departments, limit: pageSize(first, 20) })
    },
  }),
)
