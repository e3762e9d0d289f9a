import type { Db } from '@hub/kit/postgres.ts'
import { isId } from '../domain/id.ts'
import { wordsOf } from '../domain/survey-result.ts'
import { listInvestigations, type InvestigationFilter } from '../store/investigations.ts'
import { listLeaderReports, type LeaderReportFilter } from '../store/leader-reports.ts'
import { listFeedback } from '../store/report-records.ts'
import { listReports, listReportsById, type ReportFilter } from '../store/reports.ts'
import { listSuggestions, listToSort, type SuggestionFilter } from '../store/suggestions.ts'
import { listTopics, type TopicFilter } from '../store/topics.ts'
import { listGivenAnswers, listSurveys, type SurveyFilter } from '../store/surveys.ts'
import { listSteps, type StepFilter } from '../store/ladder.ts'
import { getOrder } from '../store/orders.ts'

export type Reads = ReturnType<typeof makeReads>

/** What the resolvers read besides what is gathered by key. */
export function makeReads(db: Db) {
  return {
    order: (id: string) => getOrder(db, id),
    investigation: async (id: string) =>
      one(await listInvestigations(db, { id, departments: null, limit: 1 })),
    investigations: (filter: InvestigationFilter) => listInvestigations(db, filter),
    leaderReports: (filter: LeaderReportFilter) => listLeaderReports(db, filter),
    survey: async (id: string) => one(await listSurveys(db, { id, status: null, limit: 1 })),
    surveys: async (filter: SurveyFilter) =>
      filter.id !== undefined && !isId(filter.id) ? [] : listSurveys(db, filter),
    opinions: async (id: string) => wordsOf(await listGivenAnswers(db, id)),
    report: async (id: string) => one(await listReportsById(db, [id])),
    reports: (filter: ReportFilter) => listReports(db, filter),
    feedback: (id: string) => listFeedback(db, id),
    topic: async (id: string) => one(await listTopics(db, { ids: [id], status: null, limit: 1 })),
    topics: (filter: TopicFilter) => listTopics(db, filter),
    suggestion: async (id: string) =>
      one(await listSuggestions(db, { id, status: null, field: null, reach: null, limit: 1 })),
    suggestions: (filter: SuggestionFilter) => listSuggestions(db, filter),
    suggestionsToSort: (limit: number) => listToSort(db, limit),
    steps: (filter: StepFilter) => listSteps(db, filter),
  }
}

function one<Row>([row]: readonly Row[]): Row {
  if (!row) throw new Error('what was made is gone')
  return row
}
