import { builder } from './builder.ts'
import { Assignment, EXPECTED_VERSION } from './case-ref.ts'
import { ReplyInput } from './inputs.ts'

const unit = { role: ['DEPARTMENT'] }
const office = { role: ['OFFICE'] }

builder.mutationFields((t) => {
  const expectedVersion = t.arg.int({ description: EXPECTED_VERSION })
  const assignment = t.arg.id({ required: true, description: 'Id of the assignment. 任务编号' })
  const reason = t.arg.string({ required: true, description: 'Why, not blank. 理由' })
  return {
    signForAssignment: t.field({
      type: Assignment,
      description: 'A unit takes note of its assignment; its clock has been running since dispatch. 签收',
      authScopes: unit,
      args: { expectedVersion, assignment },
      resolve: (_root, args, { command }) => command.signForAssignment(args),
    }),
    requestExtension: t.field({
      type: Assignment,
      description: 'The lead asks for more time, before the date and within the cap (R60, R61). 申请延期',
      authScopes: unit,
      args: {
        expectedVersion,
        assignment,
        until: t.arg({ type: 'Date', required: true, description: 'Until which day. 延至' }),
        reason,
      },
      resolve: (_root, args, { command }) => command.requestExtension(args),
    }),
    decideExtension: t.field({
      type: Assignment,
      description: 'The office grants more time or not (R60, R61). 审批延期',
      authScopes: office,
      args: {
        expectedVersion,
        assignment,
        grant: t.arg.boolean({ required: true, description: 'Whether it is granted. 是否同意' }),
        reason,
      },
      resolve: (_root, args, { command }) => command.decideExtension(args),
    }),
    requestReturn: t.field({
      type: Assignment,
      description:
        'A unit says that the matter is not its own, within two working days; the clock runs on. 申请退单',
      authScopes: unit,
      args: {
        expectedVersion,
        assignment,
        reason,
        basis: t.arg.string({ required: true, description: 'The rule that says so. 依据' }),
        suggested: t.arg.id({ description: 'Code of the unit whose matter it is. 建议承办单位' }),
      },
      resolve: (_root, args, { command }) => command.requestReturn(args),
    }),
    decideReturn: t.field({
      type: Assignment,
      description: 'The office takes an assignment back or not. 审批退单',
      authScopes: office,
      args: {
        expectedVersion,
        assignment,
        accept: t.arg.boolean({ required: true, description: 'Whether it is taken back. 是否同意' }),
        reason,
      },
      resolve: (_root, args, { command }) => command.decideReturn(args),
    }),
    replyToAssignment: t.field({
      type: Assignment,
      description:
        'A unit says what it did and on what ground; the lead after its co-handlers (R31–R33). 回复',
      authScopes: unit,
      args: {
        expectedVersion,
        input: t.arg({ type: ReplyInput, required: true, description: 'The reply. 回复内容' }),
      },
      resolve: (_root, { input, expectedVersion }, { command }) =>
        command.replyToAssignment({ ...input, expectedVersion }),
    }),
    reviewReply: t.field({
      type: Assignment,
      description:
        'The office accepts a reply, or orders a redo with requirements and a date (R68–R70). 审核回复',
      authScopes: office,
      args: {
        expectedVersion,
        assignment,
        accept: t.arg.boolean({ required: true, description: 'Whether the reply stands. 是否通过' }),
        requirements: t.arg.string({ description: 'What is to be done anew; required for a redo. 重办要求' }),
        redoBy: t.arg({ type: 'Date', description: 'By which day; required for a redo. 重办期限' }),
      },
      resolve: (_root, args, { command }) => command.reviewReply(args),
    }),
  }
})
