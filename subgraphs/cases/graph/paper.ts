import type { PaperRecord } from '../domain/state-seldom.ts'
import { builder } from './builder.ts'
import { PaperKind } from './seldom-enums.ts'
import { insideText } from './seen.ts'

/** A paper kept with a case. */
export const Paper = builder.objectRef<PaperRecord>('Paper').implement({
  description: 'A paper kept with a case, and archived with it (R88, R90). 归档材料',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the paper. 编号' }),
    kind: t.expose('kind', { type: PaperKind, description: 'What kind of paper. 材料类别' }),
    title: t.string({
      nullable: true,
      description: 'Its title; for the hotline, leaders and the units of the case. 标题',
      resolve: ({ title, caseNumber }, _args, context) => insideText(title, caseNumber, context),
    }),
    text: t.string({
      nullable: true,
      description: 'What it says; for the hotline, leaders and the units of the case. 内容',
      resolve: ({ text, caseNumber }, _args, context) => insideText(text, caseNumber, context),
    }),
    filedAt: t.expose('filedAt', { type: 'DateTime', description: 'When it was filed. 归入时间' }),
  }),
})
