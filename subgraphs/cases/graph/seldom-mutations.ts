import { builder } from './builder.ts'
import { Assignment, Case, EXPECTED_VERSION } from './case-ref.ts'
import {
  AmendCaseInput,
  CoordinateCaseInput,
  FilePaperInput,
  InstructionInput,
  MarkEmergencyInput,
  ProposeRefusalInput,
  RaiseDisputeInput,
  ReferCaseInput,
} from './seldom-inputs.ts'

const desk = { role: ['OPERATOR', 'OFFICE'] }
const office = { role: ['OFFICE'] }

builder.mutationFields((t) => {
  const expectedVersion = t.arg.int({ description: EXPECTED_VERSION })
  const number = t.arg.string({ required: true, description: 'Number of the case. 工单编号' })
  const reason = t.arg.string({ required: true, description: 'Why, not blank. 理由' })
  return {
    amendCase: t.field({
      type: Case,
      description:
        'Corrects what was taken down, before the case is dispatched; what stood there is kept (R44). 更正',
      authScopes: desk,
      args: {
        expectedVersion,
        input: t.arg({ type: AmendCaseInput, required: true, description: 'The correction. 更正内容' }),
      },
      resolve: async (_root, { input, expectedVersion }, { command }) =>
        (await command.amendCase({ ...input, expectedVersion })).case,
    }),
    referCase: t.field({
      type: Case,
      description:
        'Sends the caller to a unit, or phones the unit for them; stays open until followed up (R46–R48). 指引、电话转告',
      authScopes: desk,
      args: {
        expectedVersion,
        input: t.arg({ type: ReferCaseInput, required: true, description: 'To whom and how. 指引内容' }),
      },
      resolve: async (_root, { input, expectedVersion }, { command }) =>
        (await command.referCase({ ...input, expectedVersion })).case,
    }),
    proposeRefusal: t.field({
      type: Case,
      description:
        'Proposes to refuse a matter outside the scope, with the right route; the office confirms (R4, R93–R95). 提出不予受理',
      authScopes: desk,
      args: {
        expectedVersion,
        input: t.arg({
          type: ProposeRefusalInput,
          required: true,
          description: 'Why and where to. 不予受理内容',
        }),
      },
      resolve: async (_root, { input, expectedVersion }, { command }) =>
        (await command.proposeRefusal({ ...input, expectedVersion })).case,
    }),
    decideRefusal: t.field({
      type: Case,
      description: 'The office confirms a proposed refusal or not. 确认不予受理',
      authScopes: office,
      args: {
        expectedVersion,
        number,
        confirm: t.arg.boolean({ required: true, description: 'Whether it is refused. 是否确认' }),
      },
      resolve: async (_root, args, { command }) => (await command.decideRefusal(args)).case,
    }),
    mergeCase: t.field({
      type: Case,
      description:
        'Joins a case to the master of the same event: one handling, one feedback to each caller. 并单',
      authScopes: office,
      args: {
        expectedVersion,
        number,
        master: t.arg.string({ required: true, description: 'Number of the master. 主单编号' }),
      },
      resolve: async (_root, args, { command }) => (await command.mergeCase(args)).case,
    }),
    unmergeCase: t.field({
      type: Case,
      description: 'Parts a case from its master again. 撤销并单',
      authScopes: office,
      args: { expectedVersion, number },
      resolve: async (_root, args, { command }) => (await command.unmergeCase(args)).case,
    }),
    markEmergency: t.field({
      type: Case,
      description:
        'Puts a verified major incident on the emergency path; units are told at once (R56–R58). 列为突发事件',
      authScopes: desk,
      args: {
        expectedVersion,
        input: t.arg({
          type: MarkEmergencyInput,
          required: true,
          description: 'What was verified. 突发事件内容',
        }),
      },
      resolve: async (_root, { input, expectedVersion }, { command }) =>
        (await command.markEmergency({ ...input, expectedVersion })).case,
    }),
    progressEmergency: t.field({
      type: Case,
      description: 'Adds to the record of an emergency, at any time (R62). 续报突发事件',
      authScopes: { role: ['OPERATOR', 'OFFICE', 'DEPARTMENT'] },
      args: {
        expectedVersion,
        number,
        text: t.arg.string({ required: true, description: 'What is known now. 进展' }),
      },
      resolve: async (_root, args, { command }) => (await command.progressEmergency(args)).case,
    }),
    reportToLeader: t.field({
      type: Case,
      description:
        'Reports a broad, hot or hard matter to the leaders; it waits for their instruction (R52). 呈报领导',
      authScopes: office,
      args: {
        expectedVersion,
        number,
        report: t.arg.string({ required: true, description: 'The compiled text. 呈报内容' }),
      },
      resolve: async (_root, args, { command }) => (await command.reportToLeader(args)).case,
    }),
    recordInstruction: t.field({
      type: Case,
      description:
        'Records the instruction that came back; a dispatch may then refer to it (R53, R72). 记录批示',
      authScopes: { role: ['OFFICE', 'LEADER'] },
      args: {
        expectedVersion,
        input: t.arg({ type: InstructionInput, required: true, description: 'The instruction. 批示' }),
      },
      resolve: async (_root, { input, expectedVersion }, { command }) =>
        (await command.recordInstruction({ ...input, expectedVersion })).case,
    }),
    raiseDispute: t.field({
      type: Case,
      description:
        "Writes down that units disagree; nothing is dispatched again before a leader's instruction (R71, R72). 提出分歧",
      authScopes: { role: ['OFFICE', 'DEPARTMENT'] },
      args: {
        expectedVersion,
        input: t.arg({ type: RaiseDisputeInput, required: true, description: 'The positions. 分歧内容' }),
      },
      resolve: async (_root, { input, expectedVersion }, { command }) =>
        (await command.raiseDispute({ ...input, expectedVersion })).case,
    }),
    subDispatch: t.field({
      type: Assignment,
      description:
        'A unit passes its assignment down to units under it and stays answerable, within the same cap (R35). 转派下属单位',
      authScopes: { role: ['DEPARTMENT'] },
      args: {
        expectedVersion,
        assignment: t.arg.id({ required: true, description: 'Id of the assignment. 任务编号' }),
        departments: t.arg.idList({
          required: true,
          description: "Codes of the units, in the unit's own subtree. 下属单位",
        }),
        note: t.arg.string({ description: 'A note for them. 说明' }),
      },
      resolve: (_root, args, { command }) => command.subDispatch(args),
    }),
    coordinateCase: t.field({
      type: Case,
      description: 'Writes down what the units of a case arranged with the office (R54, R55). 记录协调',
      authScopes: office,
      args: {
        expectedVersion,
        input: t.arg({ type: CoordinateCaseInput, required: true, description: 'The record. 协调内容' }),
      },
      resolve: async (_root, { input, expectedVersion }, { command }) =>
        (await command.coordinateCase({ ...input, expectedVersion })).case,
    }),
    filePaper: t.field({
      type: Case,
      description:
        'Keeps a paper with a case, until it is archived: of a meeting, or whatever else is worth it (R88, R90). 归入材料',
      authScopes: office,
      args: {
        expectedVersion,
        input: t.arg({ type: FilePaperInput, required: true, description: 'The paper. 材料' }),
      },
      resolve: async (_root, { input, expectedVersion }, { command }) =>
        (await command.filePaper({ ...input, expectedVersion })).case,
    }),
    suspendCase: t.field({
      type: Case,
      description: 'Puts a case on hold; the cap still counts. 挂起',
      authScopes: office,
      args: { expectedVersion, number, reason },
      resolve: async (_root, args, { command }) => (await command.suspendCase(args)).case,
    }),
    resumeCase: t.field({
      type: Case,
      description: 'Goes on with a case that was on hold. 恢复办理',
      authScopes: office,
      args: { expectedVersion, number },
      resolve: async (_root, args, { command }) => (await command.resumeCase(args)).case,
    }),
    reopenCase: t.field({
      type: Case,
      description: 'Opens a closed case again, within the window and for a reason. 重新办理',
      authScopes: office,
      args: { expectedVersion, number, reason },
      resolve: async (_root, args, { command }) => (await command.reopenCase(args)).case,
    }),
    withdrawCase: t.field({
      type: Case,
      description: 'Takes a case back for its caller; not a report of danger or crime. 撤回',
      authScopes: { role: ['PORTAL', 'OPERATOR', 'OFFICE'] },
      args: { expectedVersion, number, reason },
      resolve: async (_root, args, { command }) => (await command.withdrawCase(args)).case,
    }),
    archiveCase: t.field({
      type: Case,
      description: 'Archives a complete case; it is read-only from then on (R86–R90). 归档',
      authScopes: office,
      args: { expectedVersion, number },
      resolve: async (_root, args, { command }) => (await command.archiveCase(args)).case,
    }),
  }
})
