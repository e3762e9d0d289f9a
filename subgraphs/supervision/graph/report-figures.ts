import {
  FIGURES,
  type Figure,
  type FigureCode,
  type FigureRow,
  type Figures,
} from '../domain/report-figures.ts'
import { CITY } from '../domain/counters.ts'
import { builder } from './builder.ts'
import { REPORT_READERS } from './report-enums.ts'

const readers = { role: REPORT_READERS }

const Code = builder.enumType('ReportFigureCode', {
  description: 'What a report counts (charter, Metrics). 指标',
  values: Object.fromEntries(
    Object.entries(FIGURES).map(([code, { zh, rate }]) => [
      upper(code),
      { value: code, description: `${rate ? 'A rate' : 'A count or a mean'}: ${wordsOf(code)}. ${zh}` },
    ]),
  ) as Record<string, { value: FigureCode; description: string }>,
})

const FigureRef = builder.objectRef<Figure>('ReportFigure').implement({
  description: 'One frozen figure with what it is made from. 指标',
  authScopes: readers,
  fields: (t) => ({
    code: t.field({ type: Code, description: 'Which figure. 指标', resolve: ({ code }) => code }),
    numerator: t.exposeInt('numerator', {
      nullable: true,
      description: 'What was counted; null where few people would be pointed to. 分子',
    }),
    denominator: t.exposeInt('denominator', {
      nullable: true,
      description: 'Out of how many; null for a plain count, and where it is not shown. 分母',
    }),
    excluded: t.exposeInt('excluded', { nullable: true, description: 'How many were left out. 剔除数' }),
    exclusions: t.exposeString('exclusions', { description: 'Which were left out. 剔除口径' }),
    value: t.exposeFloat('value', {
      nullable: true,
      description: 'Numerator divided by denominator; null for a count and where it is not shown. 值',
    }),
    ranked: t.exposeBoolean('ranked', {
      description: 'Whether the denominator is large enough to compare. 是否参与排名',
    }),
    suppressed: t.exposeBoolean('suppressed', { description: 'Whether something is not shown. 是否隐去' }),
  }),
})

const RowRef = builder.objectRef<FigureRow>('ReportRow').implement({
  description: 'The figures of the city, of one unit or of one topic (R21, R82). 数据行',
  authScopes: readers,
  fields: (t) => ({
    subject: t.string({
      nullable: true,
      description: 'Code of the unit or id of the topic; null for the whole city. 对象',
      resolve: ({ subject }) => (subject === CITY ? null : subject),
    }),
    name: t.exposeString('name', { description: 'Its name. 名称' }),
    figures: t.field({
      type: [FigureRef],
      description: 'Its figures. 指标',
      resolve: ({ figures }) => [...figures],
    }),
  }),
})

export const FiguresRef = builder.objectRef<Figures>('ReportFigures').implement({
  description:
    'Figures as the report holds them for ever: taken once, never computed again (R20-R22). 冻结数据',
  authScopes: readers,
  fields: (t) => ({
    takenAt: t.field({
      type: 'DateTime',
      description: 'When they were taken. 取数时间',
      resolve: ({ takenAt }) => new Date(takenAt),
    }),
    policyVersion: t.exposeString('policyVersion', { description: 'The policy they rest on. 政策版本' }),
    rows: t.field({
      type: [RowRef],
      description: 'City, units, topics. 数据行',
      resolve: ({ rows }) => [...rows],
    }),
  }),
})

function upper(code: string): string {
  return code.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
}

function wordsOf(code: string): string {
  return code.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
