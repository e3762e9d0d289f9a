import type { ReplyRecord } from '../domain/state.ts'
import { seesReplyText } from '../domain/visibility.ts'
import { builder } from './builder.ts'
import type { RoomContext } from './context.ts'
import { Disposition } from './enums.ts'
import { seenOf } from './seen.ts'

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
      resolve: replyText,
    }),
    publicText: t.exposeString('publicText', {
      description: 'What may be told to the caller and the public. 公开答复',
    }),
    legalBasis: t.exposeStringList('legalBasis', { description: 'The rules it rests on (R31). 办理依据' }),
    explanation: t.exposeString('explanation', {
      nullable: true,
      description: 'Why the matter cannot be met; given with NON_CONFORMING (R33). 解释说明',
    }),
    contactedCaller: t.exposeBoolean('contactedCaller', {
      description: 'Whether the unit spoke with the caller. 是否联系来电人',
    }),
    repliedAt: t.expose('repliedAt', { type: 'DateTime', description: 'When it was given. 回复时间' }),
    accepted: t.exposeBoolean('accepted', {
      nullable: true,
      description: 'What the review said; null before it. 是否通过审核',
    }),
    requirements: t.exposeString('requirements', {
      nullable: true,
      description: 'What is to be done anew, when it was rejected (R68). 重办要求',
    }),
    redoBy: t.expose('redoBy', { type: 'Date', nullable: true, description: 'By which day (R70). 重办期限' }),
  }),
})

async function replyText(reply: ReplyRecord, _args: object, context: RoomContext): Promise<string | null> {
  const [subject, assignment] = await Promise.all([
    context.load.case.load(reply.caseNumber),
    context.load.assignment.load(reply.assignmentId),
  ])
  if (!subject || !assignment) return null
  return seesReplyText(context.viewer, await seenOf(subject, context), assignment.department)
    ? reply.text
    : null
}
