import type { CallbackRecord, FeedbackRecord } from '../domain/state.ts'
import { builder } from './builder.ts'
import { FeedbackBy, FeedbackMode, Satisfaction } from './enums.ts'
import { insideText, readableOf } from './seen.ts'

/** How the caller was answered. */
export const Feedback = builder.objectRef<FeedbackRecord>('Feedback').implement({
  description: 'How the caller was answered, or why that was impossible (R63–R65). 答复来电人记录',
  fields: (t) => ({
    by: t.expose('by', { type: FeedbackBy, description: 'Who answered. 答复主体' }),
    mode: t.expose('mode', { type: FeedbackMode, description: 'How. 答复方式' }),
    text: t.string({
      nullable: true,
      description: 'What the caller was told, redacted as the content is. 答复内容',
      resolve: ({ text, caseNumber }, _args, context) => readableOf(text, caseNumber, context),
    }),
    impossibleBecause: t.string({
      nullable: true,
      description: 'Why it could not be done, redacted as the content is. 无法答复的原因',
      resolve: ({ impossibleBecause, caseNumber }, _args, context) =>
        readableOf(impossibleBecause, caseNumber, context),
    }),
    recordedAt: t.expose('recordedAt', {
      type: 'DateTime',
      description: 'When it was written down. 记录时间',
    }),
  }),
})

/** What the caller said when phoned back. */
export const Callback = builder.objectRef<CallbackRecord>('Callback').implement({
  description: 'What the caller said when the office phoned back (R30). 回访记录',
  fields: (t) => ({
    contacted: t.exposeBoolean('contacted', { description: 'Whether the caller was reached. 是否联系上' }),
    solved: t.exposeBoolean('solved', {
      nullable: true,
      description: "Whether it is solved, in the caller's words. 是否解决",
    }),
    satisfaction: t.expose('satisfaction', {
      type: Satisfaction,
      nullable: true,
      description: 'How satisfied the caller is. 满意度',
    }),
    note: t.string({
      nullable: true,
      description: 'What else was said; for the hotline, leaders and the units. 备注',
      resolve: ({ note, caseNumber }, _args, context) => insideText(note, caseNumber, context),
    }),
    calledAt: t.expose('calledAt', { type: 'DateTime', description: 'When. 回访时间' }),
  }),
})
