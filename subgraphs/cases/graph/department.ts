import { anyone, builder } from './builder.ts'

/** A unit, by its code: the departments room knows the rest. */
export const Department = builder.objectRef<{ readonly code: string }>('Department').implement({
  description: 'A unit that handles cases. 承办单位',
  fields: (t) => ({
    code: t.exposeID('code', { description: 'Its code. 机构代码' }),
    openAssignments: t.int({
      description:
        'How many assignments it has not settled: neither accepted nor returned nor cancelled. 未办结任务数',
      authScopes: { role: [...anyone] },
      resolve: ({ code }, _args, { load }) => load.openAssignments.load(code),
    }),
  }),
})

builder.asEntity(Department, {
  key: builder.selection<{ code: string }>('code'),
  resolveReference: ({ code }) => ({ code }),
})
