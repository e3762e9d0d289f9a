import { plusDays, type Day } from '@hub/kit/day.ts'
import { refuse } from '../domain/errors.ts'
import type { Metric, Performance } from '../domain/performance.ts'
import { builder, SUPERVISORS } from './builder.ts'
import type { Context } from './context.ts'
import { Department } from './references.ts'

const PerformanceMetric = builder.objectRef<Metric>('PerformanceMetric').implement({
  description: 'One figure with what it is made from. 指标',
  authScopes: { role: SUPERVISORS },
  fields: (t) => ({
    numerator: t.exposeInt('numerator', { description: 'What was counted. 分子' }),
    denominator: t.exposeInt('denominator', { description: 'Out of how many. 分母' }),
    excluded: t.exposeInt('excluded', { description: 'How many were left out. 剔除数' }),
    exclusions: t.exposeString('exclusions', { description: 'Which were left out. 剔除口径' }),
    value: t.exposeFloat('value', {
      nullable: true,
      description: 'Numerator divided by denominator; null when there is nothing to divide by. 值',
    }),
    ranked: t.exposeBoolean('ranked', {
      description:
        'Whether the denominator is large enough to compare; small ones are shown, not ranked. 是否参与排名',
    }),
  }),
})

interface PerformanceOf {
  readonly department: string
  readonly from: Day
  readonly to: Day
  readonly figures: Performance
}

const metrics = {
  response:
    'Response rate: replied in time with contact to the caller, of the dates that fell in the period. 响应率',
  solved: 'Solved, as callers said in the callback, not by the own claim (R30). 解决率',
  satisfied: 'Satisfied or mostly satisfied, as callers said in the callback (R30). 满意率',
  onTime: 'First reply by its date, of the dates that fell in the period (R59). 按时办结率',
  redo: 'Replies sent back to be done again, of those first reviewed in the period (R68). 重办率',
  returned: 'Assignments returned, of those dispatched in the period. 退单率',
  firstDispatchRight: 'First dispatches that were not returned. 首派准确率',
  overdue: 'Dates missed, first dates and redo dates together (R66, R70). 逾期率',
  directAnswer:
    'Cases answered at once, of those registered in the period; for the hotline office (R45). 直接答复率',
} as const satisfies Partial<Record<keyof Performance, string>>

const DepartmentPerformance = builder.objectRef<PerformanceOf>('DepartmentPerformance').implement({
  description: 'The figures of one unit over a period (charter, Metrics; R82). 单位办理绩效',
  authScopes: { role: SUPERVISORS },
  fields: (t) => {
    const metric = (key: keyof typeof metrics) =>
      t.field({ type: PerformanceMetric, description: metrics[key], resolve: ({ figures }) => figures[key] })
    return {
      department: t.field({
        type: Department,
        description: 'The unit. 单位',
        resolve: ({ department }) => ({ code: department }),
      }),
      from: t.expose('from', { type: 'Date', description: 'First day. 起始日' }),
      to: t.expose('to', { type: 'Date', description: 'Last day, counted in. 截止日' }),
      assigned: t.int({
        description: 'Assignments dispatched to it in the period. 交办数',
        resolve: ({ figures }) => figures.assigned,
      }),
      replied: t.int({
        description: 'First replies in the period. 回复数',
        resolve: ({ figures }) => figures.replied,
      }),
      praised: t.int({
        description: 'Praise that was passed on to it in the period (R7). 表扬数',
        resolve: ({ figures }) => figures.praised,
      }),
      responseRate: metric('response'),
      solvedRate: metric('solved'),
      satisfiedRate: metric('satisfied'),
      onTimeRate: metric('onTime'),
      redoRate: metric('redo'),
      returnRate: metric('returned'),
      firstDispatchRightRate: metric('firstDispatchRight'),
      overdueRate: metric('overdue'),
      directAnswerRate: metric('directAnswer'),
      meanWorkingDays: t.field({
        type: PerformanceMetric,
        description:
          'Working days from dispatch to first reply, of first replies in the period. 平均办理工作日',
        resolve: ({ figures }) => figures.workingDays,
      }),
      moves: t.int({
        description: 'Assignments that moved on because they were returned. 流转次数',
        resolve: ({ figures }) => figures.moves,
      }),
      returnDaysLost: t.int({
        description: 'Working days lost between dispatch and accepted return. 退单损失工作日',
        resolve: ({ figures }) => figures.returnDaysLost,
      }),
    }
  },
})

const LONGEST_DAYS = 1_100

async function performanceFor(
  context: Context,
  period: { from: Day; to: Day },
  department: string,
): Promise<PerformanceOf> {
  const { from, to } = period
  if (from > to) throw refuse('PERIOD_INVALID', { from, to })
  if (plusDays(from, LONGEST_DAYS) < to) throw refuse('PERIOD_TOO_LONG', { from, to, days: LONGEST_DAYS })
  const visible = await context.scope()
  if (visible && !visible.has(department)) throw refuse('DEPARTMENT_NOT_YOURS', { department })
  return { department, from, to, figures: await context.performance.load({ department, from, to }) }
}

builder.queryField('performance', (t) =>
  t.field({
    type: [DepartmentPerformance],
    authScopes: { role: SUPERVISORS },
    description:
      'Performance of departments over a period, by code; all that take assignments when none are named. 各单位绩效',
    args: {
      from: t.arg({ type: 'Date', required: true, description: 'First day. 起始日' }),
      to: t.arg({ type: 'Date', required: true, description: 'Last day, counted in. 截止日' }),
      departments: t.arg.idList({ required: false, description: 'Codes of departments. 单位编码' }),
    },
    resolve: async (_root, { from, to, departments }, context) => {
      const codes = departments ? await known(context, departments) : await measured(context)
      return Promise.all(codes.map((code) => performanceFor(context, { from, to }, code)))
    },
  }),
)

async function measured({ listMeasured, scope }: Context): Promise<string[]> {
  const visible = await scope()
  const codes = await listMeasured()
  return codes.filter((code) => !visible || visible.has(code))
}

async function known({ listKnown }: Context, codes: readonly string[]): Promise<readonly string[]> {
  const found = new Set(await listKnown(codes))
  const unknown = codes.find((code) => !found.has(code))
  if (unknown !== undefined) throw refuse('DEPARTMENT_UNKNOWN', { department: unknown })
  return [...new Set(codes)]
}

Department.implement({
  description: 'A unit; this room knows how it performs. 单位',
  externalFields: (t) => ({ code: t.id({ description: 'Code of the unit. 单位编码' }) }),
  fields: (t) => ({
    performance: t.field({
      type: DepartmentPerformance,
      authScopes: { role: SUPERVISORS },
      description: 'Its figures over a period (R82). 办理绩效',
      args: {
        from: t.arg({ type: 'Date', required: true, description: 'First day. 起始日' }),
        to: t.arg({ type: 'Date', required: true, description: 'Last day, counted in. 截止日' }),
      },
      resolve: ({ code }, period, context) => performanceFor(context, period, code),
    }),
  }),
})
