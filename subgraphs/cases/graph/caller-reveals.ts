import { refuse as refuseCaller } from '@hub/kit/errors.ts'
import { refuse } from '../domain/errors.ts'
import { seesReveals } from '../domain/visibility.ts'
import type { RevealRow } from '../store/reveals.ts'
import { builder } from './builder.ts'
import { Department } from './department.ts'
import { seenOf } from './seen.ts'

const CallerReveal = builder.objectRef<RevealRow>('CallerReveal').implement({
  description: "One reading of a caller's data. 来电人信息查看记录",
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When. 查看时间' }),
    role: t.exposeString('role', { description: 'The role of who read. 查看身份' }),
    department: t.field({
      type: Department,
      nullable: true,
      description: 'The unit of who read; null for the hotline and portals. 查看单位',
      resolve: ({ department }) => (department === null ? null : { code: department }),
    }),
    subject: t.string({
      nullable: true,
      description: 'Who read, by account; for the office and the administrator. 查看人',
      resolve: ({ subject }, _args, { viewer }) => (viewer.role === 'PORTAL' ? null : subject),
    }),
    reason: t.exposeString('reason', { description: 'Why. 查看理由' }),
    fields: t.exposeStringList('fields', { description: 'Which fields were shown. 查看内容' }),
  }),
})

builder.queryField('callerReveals', (t) =>
  t.field({
    type: [CallerReveal],
    description:
      "Who saw the data of a case's caller, when, why and which fields, oldest first: for the caller's own portal, the office and the administrator. 来电人信息查看记录",
    authScopes: { role: ['PORTAL', 'OFFICE', 'ADMIN'] },
    args: { number: t.arg.string({ required: true, description: 'Number of the case. 工单编号' }) },
    resolve: async (_root, { number }, context) => {
      const subject = await context.load.case.load(number)
      if (!subject) throw refuse('CASE_NOT_FOUND', { number })
      if (!seesReveals(context.viewer, await seenOf(subject, context))) throw refuseCaller('FORBIDDEN')
      return context.read.listReveals(number)
    },
  }),
)
