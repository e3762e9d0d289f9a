import type { Day } from '@hub/kit/day.ts'
import type { Metric, Performance } from './performance.ts'
import type { ReportKind } from './report.ts'
import { isSmall } from './small-cells.ts'

/** What a report counts; rates and means carry numerator, denominator and exclusions (charter, "Metrics"). */
export const FIGURES = {
  registered: { zh: '受理数', rate: false },
  answeredDirectly: { zh: '直接答复数', rate: false },
  assigned: { zh: '交办数', rate: false },
  replied: { zh: '回复数', rate: false },
  orders: { zh: '督办件数', rate: false },
  circulated: { zh: '列入通报数', rate: false },
  cases: { zh: '热点工单数', rate: false },
  response: { zh: '响应率', rate: true },
  solved: { zh: '解决率', rate: true },
  satisfied: { zh: '满意率', rate: true },
  onTime: { zh: '按时办结率', rate: true },
  overdue: { zh: '逾期率', rate: true },
  redo: { zh: '重办率', rate: true },
  returned: { zh: '退单率', rate: true },
  firstDispatchRight: { zh: '首派准确率', rate: true },
  directAnswer: { zh: '直接答复率', rate: true },
  workingDays: { zh: '平均办理工作日', rate: false },
} as const satisfies Record<string, { zh: string; rate: boolean }>
export type FigureCode = keyof typeof FIGURES

/** One figure as it is frozen. */
export interface Figure {
  readonly code: FigureCode
  /** What was counted; null: too few people to be shown. */
  readonly numerator: number | null
  /** Out of how many; null for a plain count. */
  readonly denominator: number | null
  readonly excluded: number | null
  readonly exclusions: string
  /** numerator / denominator; null for a count, for nothing to divide by, and where it is not shown. */
  readonly value: number | null
  readonly ranked: boolean
  readonly suppressed: boolean
}

/** The figures of one unit, of the whole city (`*`), or of a topic. */
export interface FigureRow {
  readonly subject: string
  readonly name: string
  readonly figures: readonly Figure[]
}

/** Figures as a report holds them for ever. */
export interface Figures {
  readonly takenAt: string
  readonly from: Day
  readonly to: Day
  readonly policyVersion: string
  readonly rows: readonly FigureRow[]
}

/** Which figures each kind of report shows of the city and of units. */
export const SHOWN: Readonly<
  Record<ReportKind, { city: readonly FigureCode[]; units: readonly FigureCode[] }>
> = {
  DAILY_SUMMARY: {
    city: ['registered', 'answeredDirectly', 'assigned', 'replied', 'orders', 'overdue', 'redo'],
    units: ['assigned', 'replied', 'overdue'],
  },
  SPECIAL_REPORT: { city: [], units: [] },
  OPERATION_REPORT: {
    city: [
      ...([
        'registered',
        'assigned',
        'replied',
        'orders',
        'response',
        'solved',
        'satisfied',
        'onTime',
      ] as const),
      ...(['overdue', 'redo', 'returned', 'firstDispatchRight', 'directAnswer', 'workingDays'] as const),
    ],
    units: ['assigned', 'replied', 'onTime', 'overdue', 'redo', 'solved', 'satisfied', 'workingDays'],
  },
  CIRCULAR: {
    city: ['assigned', 'replied', 'onTime', 'overdue', 'redo'],
    units: ['assigned', 'replied', 'onTime', 'overdue', 'redo', 'circulated'],
  },
  BULLETIN: { city: ['registered', 'directAnswer', 'onTime', 'solved', 'satisfied'], units: [] },
}

/** Plain counts that the sums do not hold. */
export interface PlainCounts {
  readonly registered: number
  readonly answeredDirectly: number
  readonly orders: number
  readonly circulated: number
}

/** The figures of one row. */
export function figuresOf(
  codes: readonly FigureCode[],
  performance: Performance,
  counts: PlainCounts,
): Figure[] {
  return codes.map((code) => {
    switch (code) {
      case 'registered':
      case 'answeredDirectly':
      case 'orders':
      case 'circulated':
        return countFigure(code, counts[code])
      case 'assigned':
      case 'replied':
        return countFigure(code, performance[code])
      case 'cases':
        return countFigure(code, 0)
      default:
        return metricFigure(code, performance[code])
    }
  })
}

/** A plain count as a figure. */
export function countFigure(code: FigureCode, count: number): Figure {
  return {
    code,
    numerator: count,
    denominator: null,
    excluded: 0,
    exclusions: '',
    value: null,
    ranked: true,
    suppressed: false,
  }
}

function metricFigure(code: FigureCode, metric: Metric): Figure {
  const { numerator, denominator, excluded, exclusions, value, ranked } = metric
  return { code, numerator, denominator, excluded, exclusions, value, ranked, suppressed: false }
}

/** A figure as the public may see it: few people are not pointed to, be it by a count, its rest or what was left out. */
export function publicFigure(figure: Figure, least: number): Figure {
  const { numerator, denominator, excluded, code } = figure
  const own = numerator ?? 0
  const rest = denominator === null || code === 'workingDays' ? 0 : denominator - own
  const shownExcluded = isSmall(excluded ?? 0, least) ? null : excluded
  if (isSmall(denominator ?? 0, least))
    return {
      ...figure,
      numerator: null,
      denominator: null,
      value: null,
      excluded: shownExcluded,
      suppressed: true,
    }
  if (isSmall(own, least) || isSmall(rest, least))
    return { ...figure, numerator: null, value: null, excluded: shownExcluded, suppressed: true }
  return { ...figure, excluded: shownExcluded, suppressed: shownExcluded === null }
}
