import { builder } from './builder.ts'
import { Case, EXPECTED_VERSION } from './case-ref.ts'
import {
  AnswerDirectlyInput,
  CallbackInput,
  DispatchCaseInput,
  FeedbackInput,
  RegisterCaseInput,
} from './inputs.ts'

builder.mutationFields((t) => {
  const expectedVersion = t.arg.int({ description: EXPECTED_VERSION })
  return {
    registerCase: t.field({
      type: Case,
      description: 'Takes a call or letter down and gives it its number (R38–R44). 登记',
      authScopes: { role: ['OPERATOR', 'OFFICE', 'PORTAL'] },
      args: {
        input: t.arg({ type: RegisterCaseInput, required: true, description: 'What came in. 登记内容' }),
      },
      resolve: async (_root, { input: { idempotencyKey, ...input } }, { command }) =>
        (await command.registerCase(input, idempotencyKey)).case,
    }),
    answerDirectly: t.field({
      type: Case,
      description: 'Answers at once, on articles in force or for a written reason (R45). 直接答复',
      authScopes: { role: ['OPERATOR', 'OFFICE'] },
      args: {
        expectedVersion,
        input: t.arg({ type: AnswerDirectlyInput, required: true, description: 'The answer. 答复' }),
      },
      resolve: async (_root, { input, expectedVersion }, { command }) =>
        (await command.answerDirectly({ ...input, articles: input.articles ?? [], expectedVersion })).case,
    }),
    dispatchCase: t.field({
      type: Case,
      description: 'Sends a case to units, with a deadline from this moment on (R49–R55, R59, R97). 转办',
      authScopes: { role: ['OFFICE'] },
      args: {
        expectedVersion,
        input: t.arg({ type: DispatchCaseInput, required: true, description: 'To whom and how. 转办内容' }),
      },
      resolve: async (_root, { input, expectedVersion }, { command }) =>
        (await command.dispatchCase({ ...input, expectedVersion })).case,
    }),
    recordFeedback: t.field({
      type: Case,
      description:
        'Writes down how the caller was answered, or why that was impossible (R63–R65). 记录答复来电人',
      authScopes: { role: ['OFFICE', 'DEPARTMENT'] },
      args: {
        expectedVersion,
        input: t.arg({ type: FeedbackInput, required: true, description: 'The answer to the caller. 答复' }),
      },
      resolve: async (_root, { input, expectedVersion }, { command }) =>
        (await command.recordFeedback({ ...input, expectedVersion })).case,
    }),
    recordCallback: t.field({
      type: Case,
      description: 'Writes down what the caller said when phoned back (R30). 回访',
      authScopes: { role: ['OFFICE'] },
      args: {
        expectedVersion,
        input: t.arg({ type: CallbackInput, required: true, description: 'What was said. 回访内容' }),
      },
      resolve: async (_root, { input, expectedVersion }, { command }) =>
        (await command.recordCallback({ ...input, expectedVersion })).case,
    }),
    closeCase: t.field({
      type: Case,
      description: 'Closes a case that has its echo and its outcome, and no open supervision (R29). 办结',
      authScopes: { role: ['OFFICE'] },
      args: {
        expectedVersion,
        number: t.arg.string({ required: true, description: 'Number of the case. 工单编号' }),
      },
      resolve: async (_root, args, { command }) => (await command.closeCase(args)).case,
    }),
  }
})
