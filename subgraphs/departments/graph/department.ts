import { connectionOf } from '@hub/kit/graph.ts'
import { decodeCursor, encodeCursor, pageOf, pageSize } from '@hub/kit/paging.ts'
import type {
  Department as DepartmentValue,
  Responsibility as ResponsibilityValue,
} from '../domain/department.ts'
import { builder, PageInfo, readers } from './builder.ts'
import { DepartmentLevel, DepartmentType } from './department-type.ts'

const Responsibility = builder.objectRef<ResponsibilityValue>('Responsibility').implement({
  description: 'A line of a unit’s responsibility catalogue (R35). 职责条款',
  fields: (t) => ({
    clause: t.exposeInt('clause', {
      description: 'Its number in the unit’s own catalogue, from 1. 条款序号',
    }),
    text: t.exposeString('text', { description: 'What the unit answers for. 职责内容' }),
  }),
})

/** An organisation that cases are sent to. */
export const Department = builder.objectRef<DepartmentValue>('Department').implement({
  description: 'An organisation of the city, bureau or district, subdistrict tree (R35-R37). 承办单位',
  authScopes: { role: readers },
  fields: (t) => ({
    code: t.exposeID('code', { description: 'Its code, the same for ever: JN-SWJ. 单位编码' }),
    name: t.exposeString('name', { description: 'Its full name. 单位全称' }),
    shortName: t.exposeString('shortName', {
      nullable: true,
      description: 'What it is usually called. 简称',
    }),
    type: t.field({
      type: DepartmentType,
      description: 'What kind of organisation. 单位类型',
      resolve: (unit) => unit.type,
    }),
    level: t.field({
      type: DepartmentLevel,
      nullable: true,
      description: 'Its level of government. 层级',
      resolve: (unit) => unit.level,
    }),
    acceptsDispatch: t.exposeBoolean('acceptsDispatch', {
      description: 'Whether cases may be dispatched to it (R36, R37). 是否接受派单',
    }),
    responsibilities: t.field({
      type: [Responsibility],
      description: 'What it answers for, in the order of its catalogue (R35). 职责目录',
      resolve: ({ code }, _args, { responsibilities }) => responsibilities.load(code),
    }),
  }),
})

builder.objectFields(Department, (t) => ({
  parent: t.field({
    type: Department,
    nullable: true,
    description: 'What stands right above it (R35). 上级单位',
    resolve: ({ parent }, _args, { department }) => (parent === null ? null : department.load(parent)),
  }),
  children: t.field({
    type: [Department],
    description: 'The units right under it, in the official order (R35). 下级单位',
    resolve: ({ code }, _args, { children }) => children.load(code),
  }),
}))

builder.asEntity(Department, {
  key: builder.selection<{ code: string }>('code'),
  resolveReference: ({ code }, { department }) => department.load(code),
})

const DepartmentConnection = connectionOf(builder, 'Department', Department, PageInfo)

builder.queryField('department', (t) =>
  t.field({
    type: Department,
    nullable: true,
    authScopes: { role: readers },
    description: 'One organisation, or null when there is none of that code (R35). 按编码查单位',
    args: { code: t.arg.id({ required: true, description: 'Its code. 单位编码' }) },
    resolve: (_root, { code }, { department }) => department.load(code),
  }),
)

builder.queryField('departments', (t) =>
  t.field({
    type: DepartmentConnection,
    authScopes: { role: readers },
    description: 'The organisations in the official order, a page at a time (R35-R37). 单位列表',
    args: {
      type: t.arg({ type: [DepartmentType], description: 'Only these kinds. 单位类型' }),
      under: t.arg.id({ description: 'Only the units under this one, at any depth. 所属上级' }),
      first: t.arg.int({ defaultValue: 50, description: 'How many, 1 to 100. 数量' }),
      after: t.arg.string({ description: 'Go on after this cursor. 游标' }),
    },
    resolve: async (_root, { type, under, first, after }, { list }) => {
      const size = pageSize(first, 50)
      const place = after ? decodeCursor(after, 2) : null
      const from = place ? { position: Number(place[0]), code: String(place[1]) } : null
      const rows = await list({ types: type ?? null, under: under ?? null }, from, size + 1)
      return pageOf(rows, size, after, ({ position, code }) => encodeCursor([position, code]))
    },
  }),
)
