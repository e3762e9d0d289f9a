import { schema } from '@hub/cases/graph/schema.ts'
import { roles } from '@hub/cases/domain/values.ts'
import { isEnumType, isInputObjectType, isListType, isNonNullType, type GraphQLInputType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { callerAs } from '../support/cases-graph.ts'
import { openDesk, WATER } from '../support/cases-desk.ts'

const { act, database } = await openDesk()

const desk = ['OPERATOR', 'OFFICE']
/** The column "who" of the charter's table of operations, by mutation. */
const whoMay: Readonly<Record<string, readonly string[]>> = {
  registerCase: ['OPERATOR', 'OFFICE', 'PORTAL'],
  amendCase: desk,
  answerDirectly: desk,
  referCase: desk,
  proposeRefusal: desk,
  decideRefusal: ['OFFICE'],
  mergeCase: ['OFFICE'],
  unmergeCase: ['OFFICE'],
  markEmergency: desk,
  progressEmergency: ['OPERATOR', 'OFFICE', 'DEPARTMENT'],
  reportToLeader: ['OFFICE'],
  recordInstruction: ['OFFICE', 'LEADER'],
  dispatchCase: ['OFFICE'],
  subDispatch: ['DEPARTMENT'],
  signForAssignment: ['DEPARTMENT'],
  requestExtension: ['DEPARTMENT'],
  decideExtension: ['OFFICE'],
  requestReturn: ['DEPARTMENT'],
  decideReturn: ['OFFICE'],
  replyToAssignment: ['DEPARTMENT'],
  reviewReply: ['OFFICE'],
  raiseDispute: ['OFFICE', 'DEPARTMENT'],
  coordinateCase: ['OFFICE'],
  filePaper: ['OFFICE'],
  suspendCase: ['OFFICE'],
  resumeCase: ['OFFICE'],
  recordFeedback: ['OFFICE', 'DEPARTMENT'],
  recordCallback: ['OFFICE'],
  closeCase: ['OFFICE'],
  reopenCase: ['OFFICE'],
  withdrawCase: ['PORTAL', 'OPERATOR', 'OFFICE'],
  archiveCase: ['OFFICE'],
  acknowledgeAssignments: ['DEPARTMENT'],
}

/** A value of a type, good enough to reach the rule. */
function sampleOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType)
  if (isListType(type)) return [sampleOf(type.ofType)]
  if (isEnumType(type)) return type.getValues()[0]?.name
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type))
    return Object.fromEntries(fields.map((field) => [field.name, sampleOf(field.type)]))
  }
  return (
    { Boolean: true, Int: 1, Date: '2026-11-09', DateTime: '2026-11-02T09:00:00+08:00' }[type.name] ?? WATER
  )
}

const mutations = Object.values(schema.getMutationType()?.getFields() ?? {})
const attributes = { DEPARTMENT: { department: WATER }, PORTAL: { district: '历下区' } } as const

describe('every mutation', () => {
  it('is in the table of who may', () => {
    expect(mutations.map(({ name }) => name).toSorted()).toEqual(Object.keys(whoMay).toSorted())
  })

  it.each(mutations.flatMap(({ name }) => roles.map((role) => [name, role] as const)))(
    '%s asked by %s is done by whom the table names and refused to all others',
    async (name, role) => {
      const args = mutations.find((mutation) => mutation.name === name)?.args ?? []
      const values = Object.fromEntries(
        args.filter(({ type }) => isNonNullType(type)).map((arg) => [arg.name, sampleOf(arg.type)]),
      )
      const who = callerAs(role, role in attributes ? attributes[role as keyof typeof attributes] : {})
      const { codes } = await act(who, name, values)
      expect(codes.includes('FORBIDDEN')).toBe(!whoMay[name]?.includes(role))
    },
  )

  it('that was refused has left nothing behind', async () => {
    const [row] = await database.sql`select count(*)::int as n from "case" where content <> ${WATER}`
    expect(row).toEqual({ n: 0 })
  })
})
