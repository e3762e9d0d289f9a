import { refuse } from '@hub/kit/errors.ts'
import { pageSize } from '@hub/kit/paging.ts'
import type { Department as DepartmentValue } from '../domain/department.ts'
import { builder, readers } from './builder.ts'
import { Department } from './department.ts'

interface Suggested {
  readonly department: DepartmentValue
  readonly score: number
  readonly because: string
}

const DepartmentSuggestion = builder.objectRef<Suggested>('DepartmentSuggestion').implement({
  description:
    'A unit that is responsible for a matter, with the reason: a proposal, a person decides (R35, R54). 建议承办单位',
  authScopes: { role: readers },
  fields: (t) => ({
    department: t.field({
      type: Department,
      description: 'The unit. 单位',
      resolve: ({ department }) => department,
    }),
    score: t.exposeFloat('score', {
      description: 'How sure, 0 to 1; comparable within one answer only. 匹配度',
    }),
    because: t.exposeString('because', {
      description:
        'The clause of the responsibility catalogue that says so, and the words that told it. 依据',
    }),
  }),
})

/** A case text is a call written down, not a book. */
const LONGEST_TEXT = 20_000
const MOST_COMPLAINED_OF = 50

builder.queryField('suggestDepartments', (t) =>
  t.field({
    type: [DepartmentSuggestion],
    authScopes: { role: readers },
    description:
      'Which units are responsible for a matter, best first and the lead before co-handlers; never one that is complained of (R35, R54, R97). 建议承办单位',
    args: {
      title: t.arg.string({ required: true, description: 'Title of the case. 标题' }),
      content: t.arg.string({ required: true, description: 'What the caller said. 内容' }),
      district: t.arg.string({ description: 'District where it happened, as on the form. 所属区县' }),
      complainedOf: t.arg.idList({
        description: 'Units the case complains of: never suggested (R97). 被反映单位',
      }),
      first: t.arg.int({ defaultValue: 3, description: 'How many, 1 to 100. 数量' }),
    },
    resolve: async (_root, { title, content, district, complainedOf, first }, { suggest, department }) => {
      if (title.length + content.length > LONGEST_TEXT)
        throw refuse('BAD_INPUT', { field: 'content', problem: `≤ ${LONGEST_TEXT}` })
      const blamed = (complainedOf ?? []).map(String)
      if (blamed.length > MOST_COMPLAINED_OF)
        throw refuse('BAD_INPUT', { field: 'complainedOf', problem: `≤ ${MOST_COMPLAINED_OF}` })
      const given = { title, content, district: district ?? null, complainedOf: blamed }
      const found = await suggest(given, pageSize(first, 3))
      const units = await department.loadMany(found.map((each) => each.department))
      return found.flatMap(({ score, because }, index) => {
        const unit = units[index]
        if (unit instanceof Error) throw unit
        return unit ? [{ department: unit, score, because }] : []
      })
    },
  }),
)
