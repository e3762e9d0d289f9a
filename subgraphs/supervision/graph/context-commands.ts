import type { Caller } from '@hub/kit/caller.ts'
import * as investigations from '../commands/investigation-commands.ts'
import * as orders from '../commands/order-commands.ts'
import * as reports from '../commands/report-commands.ts'
import * as records from '../commands/report-records.ts'
import * as suggestions from '../commands/suggestion-commands.ts'
import * as surveys from '../commands/survey-commands.ts'
import * as topics from '../commands/topic-commands.ts'
import type { Room } from '../commands/run.ts'

export type Commands = ReturnType<typeof makeCommands>

/** The commands of this room, given by the caller of one operation. */
export function makeCommands(room: Room, caller: Caller) {
  const given =
    <Input, Answer>(command: (room: Room, caller: Caller, input: Input) => Promise<Answer>) =>
    (input: Input): Promise<Answer> =>
      command(room, caller, input)
  return {
    issueOrder: given(orders.issueOrder),
    answerOrder: given(orders.answerOrder),
    closeOrder: given(orders.closeOrder),
    openInvestigation: given(investigations.openInvestigation),
    recordFindings: given(investigations.recordFindings),
    endInvestigation: given(investigations.endInvestigation),
    proposeTopics: () => topics.lookForTopics(room, caller),
    confirmTopic: given(topics.confirmTopic),
    endTopic: given(topics.endTopic),
    poolSuggestion: given(suggestions.poolSuggestion),
    dismissSuggestion: given(suggestions.dismissSuggestion),
    adoptSuggestion: given(suggestions.adoptSuggestion),
    draftReport: given(reports.draftReport),
    reviseReport: given(reports.reviseReport),
    approveReport: given(reports.approveReport),
    issueReport: given(reports.issueReport),
    withdrawReport: given(reports.withdrawReport),
    deliverReport: given(records.deliverReport),
    giveFeedback: given(records.giveFeedback),
    makeSurvey: given(surveys.makeSurvey),
    openSurvey: given(surveys.openSurvey),
    answerSurvey: given(surveys.answerSurvey),
    publishSurvey: given(surveys.publishSurvey),
    cancelSurvey: given(surveys.cancelSurvey),
  }
}
