import { builder } from './builder.ts'

builder.mutationField('acknowledgeAssignments', (t) =>
  t.boolean({
    description:
      'A unit says up to which event its own system has taken its assignments in. Moves forward only; sent twice, it has one effect. 确认接收',
    authScopes: { role: ['DEPARTMENT'] },
    args: {
      department: t.arg.id({ required: true, description: "Code of the caller's own unit. 单位代码" }),
      upTo: t.arg.string({
        required: true,
        description: 'Cursor of the last event taken in, as `assignmentEvents` gave it. 游标',
      }),
    },
    resolve: async (_root, args, { command }) => {
      await command.acknowledgeAssignments(args)
      return true
    },
  }),
)
