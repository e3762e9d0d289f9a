import { addWorkingDays, type Deadline } from '@hub/kit/working-days.ts'
import { refuse } from '@hub/kit/errors.ts'
import { anyone, builder } from './builder.ts'

const WorkingDay = builder.objectRef<Deadline>('WorkingDay').implement({
  description:
    'A working day, counted by the announced calendar (make-up days count, holidays do not). 工作日',
  fields: (t) => ({
    on: t.expose('on', { type: 'Date', description: 'The day. 日期' }),
    provisional: t.exposeBoolean('provisional', {
      description: 'True while a year on the way has no announced calendar: the day may still move. 是否暂定',
    }),
  }),
})

const LONGEST = 366

builder.queryField('workingDay', (t) =>
  t.field({
    type: WorkingDay,
    description:
      'The n-th working day after a day, and whether the calendar for it has been announced (R59, R61). 第 n 个工作日',
    authScopes: { role: [...anyone] },
    args: {
      after: t.arg({
        type: 'Date',
        required: true,
        description: 'The day before the first that counts. 起算日(不计入)',
      }),
      days: t.arg.int({ required: true, description: 'How many working days, 0 to 366. 工作日数' }),
    },
    resolve: async (_root, { after, days }, { read }) => {
      if (days < 0 || days > LONGEST) throw refuse('BAD_INPUT', { field: 'days', problem: `0–${LONGEST}` })
      return addWorkingDays((await read.rules()).calendar, after, days)
    },
  }),
)
