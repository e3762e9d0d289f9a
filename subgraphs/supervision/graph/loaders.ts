import DataLoader from 'dataloader'
import type { Day } from '@hub/kit/day.ts'
import type { Db } from '@hub/kit/postgres.ts'
import { listOverdueOfCases } from '../store/cases.ts'
import { listUnitsOfCases } from '../store/leader-reports.ts'
import { listAnswers } from '../store/order-answers.ts'
import { listOrdersOfAssignments, listOrdersOfCases } from '../store/orders.ts'
import { countFeedback, listDeliveries } from '../store/report-records.ts'
import { listCorrections, listReportsById } from '../store/reports.ts'
import { countAnswers } from '../store/surveys.ts'

export type Loaders = ReturnType<typeof makeLoaders>

/** What one operation reads by key, each gathered into one statement. */
export function makeLoaders(db: Db, today: Day) {
  return {
    /** Departments of a case's overdue assignments, one entry each, by case number. */
    overdueOfCase: loaderOf(
      (numbers) => listOverdueOfCases(db, numbers, today),
      ({ caseNumber }) => caseNumber,
      ({ department }) => department,
    ),
    ordersOfCase: loaderOf(
      (numbers) => listOrdersOfCases(db, numbers),
      ({ caseNumber }) => caseNumber ?? '',
      (order) => order,
    ),
    ordersOfAssignment: loaderOf(
      (ids) => listOrdersOfAssignments(db, ids),
      ({ assignment }) => assignment ?? '',
      (order) => order,
    ),
    /** A report by id: one entry or none. */
    reportOf: loaderOf(
      (ids) => listReportsById(db, ids),
      ({ id }) => id,
      (report) => report,
    ),
    /** The correction of a report: one entry or none. */
    correctionOf: loaderOf(
      (ids) => listCorrections(db, ids),
      ({ corrects }) => corrects ?? '',
      (report) => report,
    ),
    deliveriesOf: loaderOf(
      (ids) => listDeliveries(db, ids),
      ({ reportId }) => reportId,
      (delivery) => delivery,
    ),
    /** How many spoke to a bulletin: one entry, or none while nobody has. */
    feedbackCountOf: loaderOf(
      (ids) => countFeedback(db, ids),
      ({ reportId }) => reportId,
      ({ people }) => people,
    ),
    /** How many answered a survey: one entry, or none while nobody has. */
    peopleOfSurvey: loaderOf(
      (surveys) => countAnswers(db, surveys),
      ({ surveyId }) => surveyId,
      ({ people }) => people,
    ),
    /** Codes of the units that a case was given to. */
    unitsOfCase: loaderOf(
      (numbers) => listUnitsOfCases(db, numbers),
      ({ caseNumber }) => caseNumber,
      ({ department }) => department,
    ),
    answersOfOrder: loaderOf(
      (orders) => listAnswers(db, orders),
      ({ orderId }) => orderId,
      (answer) => answer,
    ),
  }
}

/** One statement for all keys asked for in a step; a key without rows has an empty list. */
function loaderOf<Row, Value>(
  list: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
  valueOf: (row: Row) => Value,
): DataLoader<string, readonly Value[]> {
  return new DataLoader(async (keys) => {
    const groups = Map.groupBy(await list(keys), keyOf)
    return keys.map((key) => (groups.get(key) ?? []).map(valueOf))
  })
}
