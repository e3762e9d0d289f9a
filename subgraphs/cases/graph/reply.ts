import type { ReplyRecord } from '../domain/state.ts'
import { builder } from './builder.ts'
import { Disposition } from './enums.ts'
import { readableOf, unitText } from './seen.ts'

/** What a unit replied. The internal text is for those who handle the case; the public text for everyone who sees it. */
export const Reply = builder.objectRef<ReplyRecord>('Reply').implement({
  description: 'What a unit replied, and what its review said (R31–R33, R68–R70). 办理回复',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the reply. 回复编号' }),
    disposition: t.expose('disposition', {
      type: Disposition,
      description: 'What it says of the matter. 办理结论',
    }),
    text: t.string({
      nullable: true,
      description: 'How the matter was handled, in full; null for whoever has no part in it. 办理情况',
      resolve: (reply, _args, context) => unitText(reply.text, reply, context),
    }),
    publicText: t.string({
      description: 'What may be told to the caller and the public, redacted as the content is. 公开答复',
      resolve: async ({ publicText, caseNumber }, _args, context) =>
        (await readableOf(publicText, caseNumber, context)) ?? '',
    }),
    legalBasis: t.exposeStringList('legalBasis', { description: 'The rules it rests on (R31). 办理依据' }),
    explanation: t.string({
      nullable: true,
      description:
        'Why the matter cannot be met; given with NON_CONFORMING (R33), null for whoever has no part in it. 解释说明',
      resolve: (reply, _args, context) => unitText(reply.explanation, reply, context),
    }),
    contactedCaller: t.exposeBoolean('contactedCaller', {
      description: 'Whether the unit spoke with the caller. 是否联系来电人',
    }),
    repliedAt: t.expose('repliedAt', { type: 'DateTime', description: 'When it was given. 回复时间' }),
    accepted: t.exposeBoolean('accepted', {
      nullable: true,
      description: 'What the review said; null before it. 是否通过审核',
    }),
    requirements: t.string({
      nullable: true,
      description:
        'What is to be done anew, when it was rejected (R68); null for whoever has no part in it. 重办要求',
      resolve: (reply, _args, context) => unitText(reply.requirements, reply, context),
    }),
    redoBy: t.expose('redoBy', { type: 'Date', nullable: true, description: 'By which day (R70). 重办期限' }),
  }),
})
