import { inShanghai } from '@hub/kit/day.ts'
import type { Db } from '@hub/kit/postgres.ts'
import type { Acting } from '../domain/acting.ts'
import { CITY, COUNTERS, type Counts } from '../domain/counters.ts'
import { performanceOf, type PeriodCounts } from '../domain/performance.ts'
import {
  countFigure,
  figuresOf,
  publicFigure,
  SHOWN,
  type FigureRow,
  type Figures,
} from '../domain/report-figures.ts'
import type { DraftReport } from '../domain/report.ts'
import type { Topic } from '../domain/topic.ts'
import { sumDays, type PeriodRow } from '../store/department-days.ts'
import { listAllDepartments, type DepartmentRef } from '../store/departments.ts'
import { countOrders, countSupervision, type SupervisionCounts } from '../store/report-counts.ts'

type Question = Pick<DraftReport, 'kind' | 'from' | 'to'>

/** Takes the figures of a report as they are now: the city, its units, the topics. What is public hides small counts. */
export async function takeFigures(
  db: Db,
  { kind, from, to }: Question,
  topics: readonly Topic[],
  { now, today, policy }: Acting,
): Promise<Figures> {
  const { city, units } = SHOWN[kind]
  const rows: FigureRow[] = []
  if (city.length + units.length > 0) {
    const departments = await listAllDepartments(db)
    const codes = [...departments.map(({ code }) => code), CITY]
    const sums = await sumDays(db, { from, to, today, departments: codes })
    const supervised = await countSupervision(db, from, to)
    const small = policy.smallDenominator
    rows.push(cityRow(sums, city, await countOrders(db, from, to), small))
    rows.push(...departments.flatMap((department) => unitRow(department, sums, supervised, units, small)))
  }
  rows.push(
    ...topics.map(({ id, title, recent }) => ({
      subject: id,
      name: title ?? '',
      figures: [countFigure('cases', recent)],
    })),
  )
  return {
    takenAt: inShanghai(now),
    from,
    to,
    policyVersion: policy.version,
    rows: kind === 'BULLETIN' ? hidden(rows, policy.leastShown) : rows,
  }
}

function hidden(rows: readonly FigureRow[], least: number): FigureRow[] {
  return rows.map((row) => ({ ...row, figures: row.figures.map((figure) => publicFigure(figure, least)) }))
}

function cityRow(
  sums: readonly PeriodRow[],
  codes: (typeof SHOWN)[keyof typeof SHOWN]['city'],
  orders: number,
  small: number,
): FigureRow {
  const own = periodOf(sums.filter(({ department }) => department === CITY)).all
  const units = periodOf(sums.filter(({ department }) => department !== CITY))
  const { registered, answeredDirectly } = own
  const counts = { registered, answeredDirectly, orders, circulated: 0 }
  return { subject: CITY, name: '全市', figures: figuresOf(codes, performanceOf(units, own, small), counts) }
}

function unitRow(
  { code, name }: DepartmentRef,
  sums: readonly PeriodRow[],
  supervised: readonly SupervisionCounts[],
  codes: (typeof SHOWN)[keyof typeof SHOWN]['units'],
  small: number,
): FigureRow[] {
  const own = sums.filter(({ department }) => department === code)
  const done = supervised.find(({ department }) => department === code)
  if (codes.length === 0 || (own.length === 0 && !done)) return []
  const counts = {
    registered: 0,
    answeredDirectly: 0,
    orders: done?.orders ?? 0,
    circulated: done?.circulated ?? 0,
  }
  return [
    { subject: code, name, figures: figuresOf(codes, performanceOf(periodOf(own), null, small), counts) },
  ]
}

function periodOf(rows: readonly PeriodRow[]): PeriodCounts {
  const past = added(rows.filter((row) => row.past))
  const ahead = added(rows.filter((row) => !row.past))
  return { past, ahead, all: added(rows) }
}

function added(rows: readonly PeriodRow[]): Counts {
  const sums = COUNTERS.map((counter) => [
    counter,
    rows.reduce((sum, { counts }) => sum + counts[counter], 0),
  ])
  return Object.fromEntries(sums) as Counts
}
