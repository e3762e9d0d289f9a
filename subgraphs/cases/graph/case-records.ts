import type { CaseRecord } from '../domain/state.ts'
import { seesInstruction, seesNotices } from '../domain/visibility.ts'
import { builder } from './builder.ts'
import { Assignment, Case } from './case-ref.ts'
import type { RoomContext } from './context.ts'
import { Paper } from './paper.ts'
import { seenOf } from './seen.ts'
import {
  Coordination,
  Extension,
  Instruction,
  Notice,
  Return,
  Suspension,
  Verification,
} from './seldom-progress.ts'
import { CaseAmendment, CaseRefusal, Dispute, Referral } from './seldom-records.ts'

/** What stands beside a case off the main road; each text is shown by the rule of its own field. */
builder.objectFields(Case, (t) => ({
  amendments: t.field({
    type: [CaseAmendment],
    description: 'What was corrected before it was dispatched, oldest first (R44). 更正记录',
    resolve: ({ number }, _args, { load }) => load.amendments.load(number),
  }),
  referrals: t.field({
    type: [Referral],
    description: 'Where the caller was sent (R46–R48). 指引记录',
    resolve: ({ number }, _args, { load }) => load.referrals.load(number),
  }),
  refusal: t.field({
    type: CaseRefusal,
    nullable: true,
    description: 'The refusal last proposed, and what the office decided (R4). 不予受理',
    resolve: async ({ number }, _args, { load }) => (await load.refusals.load(number)).at(-1) ?? null,
  }),
  mergedInto: t.field({
    type: Case,
    nullable: true,
    description: 'The master it is joined to; null when it is not, or the viewer does not reach it. 主单',
    resolve: ({ mergedInto }, _args, { load }) => (mergedInto === null ? null : load.case.load(mergedInto)),
  }),
  mergedCases: t.field({
    type: [Case],
    description: 'The cases joined to it that the viewer reaches, in order of number. 并入的工单',
    resolve: mergedCases,
  }),
  verifications: t.field({
    type: [Verification],
    description: 'What was verified of it as an incident, and each entry after it (R56–R58, R62). 核实与续报',
    resolve: ({ number }, _args, { load }) => load.verifications.load(number),
  }),
  instructions: t.field({
    type: [Instruction],
    description:
      'Reports to the leaders and what they instructed: all for the hotline and the leaders, for a unit what is addressed to it, for others none (R52, R53). 呈报与批示',
    resolve: async (subject, _args, context) => {
      const [all, seen] = await Promise.all([
        context.load.instructions.load(subject.number),
        seenOf(subject, context),
      ])
      return all.filter((instruction) => seesInstruction(context.viewer, seen, instruction))
    },
  }),
  disputes: t.field({
    type: [Dispute],
    description: 'Where its units disagreed (R71, R72). 分歧记录',
    resolve: ({ number }, _args, { load }) => load.disputes.load(number),
  }),
  coordinations: t.field({
    type: [Coordination],
    description: 'What its units arranged with the office (R54, R55). 协调记录',
    resolve: ({ number }, _args, { load }) => load.coordinations.load(number),
  }),
  papers: t.field({
    type: [Paper],
    description: 'Papers kept with it (R88, R90). 归档材料',
    resolve: ({ number }, _args, { load }) => load.papers.load(number),
  }),
  suspensions: t.field({
    type: [Suspension],
    description: 'When it was on hold. 挂起记录',
    resolve: ({ number }, _args, { load }) => load.suspensions.load(number),
  }),
  notices: t.field({
    type: [Notice],
    description: 'What the caller is to be told of; for the hotline and the caller alone (R51). 告知事项',
    resolve: async (subject, _args, context) =>
      seesNotices(context.viewer, await seenOf(subject, context))
        ? context.load.notices.load(subject.number)
        : [],
  }),
}))

builder.objectFields(Assignment, (t) => ({
  extensions: t.field({
    type: [Extension],
    description: 'Requests for more time, oldest first (R60). 延期申请',
    resolve: ({ id }, _args, { load }) => load.extensions.load(id),
  }),
  returns: t.field({
    type: [Return],
    description: 'Requests to send it back, oldest first. 退单申请',
    resolve: ({ id }, _args, { load }) => load.returns.load(id),
  }),
  suspended: t.boolean({
    description:
      'Whether its case is on hold: nobody is asked for a reply, the cap counts on (R61). 是否挂起',
    resolve: async ({ caseNumber }, _args, { load }) =>
      (await load.case.load(caseNumber))?.status === 'SUSPENDED',
  }),
}))

async function mergedCases({ number }: CaseRecord, _args: object, { load }: RoomContext) {
  const joined = await load.mergedInto.load(number)
  const found = await Promise.all(joined.map((one) => load.case.load(one.number)))
  return found.filter((one) => one !== null)
}
