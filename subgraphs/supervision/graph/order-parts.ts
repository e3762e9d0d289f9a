import type { OrderAnswer } from '../domain/order-answer.ts'
import type { Instruction, SupervisionOrder } from '../domain/order.ts'
import { builder, SUPERVISORS } from './builder.ts'
import { Department } from './references.ts'

/** What a leader instructed, as the order carries it. */
export const LeaderInstruction = builder.objectRef<Instruction>('OrderInstruction').implement({
  description: "The leader's instruction that a directive order carries (R53, R72). 督办件所附批示",
  authScopes: { role: SUPERVISORS },
  fields: (t) => ({
    leader: t.exposeString('leader', { description: 'Who instructed. 批示领导' }),
    text: t.exposeString('text', { description: 'What it says. 批示内容' }),
    on: t.expose('on', { type: 'Date', description: 'The day it was given. 批示日期' }),
  }),
})

/** The instruction of an order, or null where it has none. */
export function instructionOf(order: SupervisionOrder): Instruction | null {
  const { instructionLeader: leader, instructionText: text, instructionOn: on } = order
  return leader !== null && text !== null && on !== null ? { leader, text, on } : null
}

export const SupervisionAnswer = builder.objectRef<OrderAnswer>('SupervisionAnswer').implement({
  description: 'What one unit answered to a supervision order. 督办答复',
  authScopes: { role: SUPERVISORS },
  fields: (t) => ({
    department: t.field({
      type: Department,
      description: 'The unit that answered. 答复单位',
      resolve: ({ department }) => ({ code: department }),
    }),
    text: t.exposeString('text', { description: 'Its words. 答复内容' }),
    answeredAt: t.expose('answeredAt', { type: 'DateTime', description: 'When it answered. 答复时间' }),
  }),
})
