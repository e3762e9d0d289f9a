import SchemaBuilder, { type ObjectRef } from '@pothos/core'
import DirectivesPlugin from '@pothos/plugin-directives'
import FederationPlugin from '@pothos/plugin-federation'
import ScopeAuthPlugin from '@pothos/plugin-scope-auth'
import type { Caller } from './caller.ts'
import { inShanghai, isDay } from './day.ts'
import { refuse } from './errors.ts'
import type { Page } from './paging.ts'

/** What every room's context holds: the verified caller. */
export interface CallerContext {
  readonly caller: Caller
}

interface BuilderTypes<Context extends CallerContext> {
  Context: Context
  Scalars: {
    ID: { Input: string; Output: string }
    DateTime: { Input: Date; Output: Date }
    Date: { Input: string; Output: string }
  }
  AuthScopes: { role: readonly string[] }
  DefaultFieldNullability: false
}

/**
 * A Pothos builder as every room uses it: Federation 2, the two time scalars, PageInfo, and the scope `role`.
 * A field without `authScopes` is only reachable through one that has them; the root types hold nothing by themselves.
 */
export function createBuilder<Context extends CallerContext>() {
  const builder = new SchemaBuilder<BuilderTypes<Context>>({
    plugins: [ScopeAuthPlugin, DirectivesPlugin, FederationPlugin],
    defaultFieldNullability: false,
    scopeAuth: {
      authScopes: ({ caller }) => ({ role: (roles: readonly string[]) => roles.includes(caller.role) }),
      unauthorizedError: () => refuse('FORBIDDEN'),
    },
  })
  addScalars(builder)
  return builder
}

export type Builder<Context extends CallerContext> = ReturnType<typeof createBuilder<Context>>

const OFFSET_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/

function addScalars<Context extends CallerContext>(
  builder: PothosSchemaTypes.SchemaBuilder<PothosSchemaTypes.ExtendDefaultTypes<BuilderTypes<Context>>>,
): void {
  builder.scalarType('DateTime', {
    description:
      'An instant, RFC 3339 with offset, written with the offset of Asia/Shanghai: 2026-11-23T09:00:00.000+08:00. 时间点',
    serialize: (value) => inShanghai(value),
    parseValue: (value) => {
      if (typeof value === 'string' && OFFSET_TIME.test(value) && !Number.isNaN(Date.parse(value)))
        return new Date(value)
      throw refuse('BAD_INPUT', { field: 'DateTime', problem: '2026-11-23T09:00:00+08:00' })
    },
  })
  builder.scalarType('Date', {
    description: 'A calendar day in Asia/Shanghai, YYYY-MM-DD. 日期',
    serialize: (value) => value,
    parseValue: (value) => {
      if (typeof value === 'string' && isDay(value)) return value
      throw refuse('BAD_INPUT', { field: 'Date', problem: 'YYYY-MM-DD' })
    },
  })
}

export interface PageInfo {
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  readonly startCursor: string | null
  readonly endCursor: string | null
}

/** The Relay type PageInfo, the same in every room. */
export function pageInfoType<Context extends CallerContext>(builder: Builder<Context>) {
  return builder.objectRef<PageInfo>('PageInfo').implement({
    shareable: true,
    description: 'Where a page stands in its list. 分页信息',
    fields: (t) => ({
      hasNextPage: t.exposeBoolean('hasNextPage', {
        description: 'Whether more follow after `endCursor`. 是否有下一页',
      }),
      hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
        description: 'Whether the page was asked for with `after`. 是否有上一页',
      }),
      startCursor: t.exposeString('startCursor', {
        nullable: true,
        description: 'Cursor of the first edge. 首条游标',
      }),
      endCursor: t.exposeString('endCursor', {
        nullable: true,
        description: 'Cursor of the last edge: give it as `after`. 末条游标',
      }),
    }),
  })
}

type TypesOf<Context extends CallerContext> = PothosSchemaTypes.ExtendDefaultTypes<BuilderTypes<Context>>

/** Adds `<name>Connection` and `<name>Edge` over a node type; resolve its fields to a `Page` of kit/paging.ts. */
export function connectionOf<Context extends CallerContext, Node extends object>(
  builder: Builder<Context>,
  name: string,
  node: ObjectRef<TypesOf<Context>, Node>,
  pageInfo: ObjectRef<TypesOf<Context>, PageInfo>,
) {
  const edge = builder.objectRef<Page<Node>['edges'][number]>(`${name}Edge`).implement({
    description: `One ${name} of a page, with its cursor. 列表项`,
    fields: (t) => ({
      cursor: t.exposeString('cursor', { description: 'Opaque place in the list. 游标' }),
      node: t.field({ type: node, description: `The ${name}. 条目`, resolve: nodeOf }),
    }),
  })
  return builder.objectRef<Page<Node>>(`${name}Connection`).implement({
    description: `A keyset page of ${name}; stays as fast at the end of the list as at its beginning. 分页列表`,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        description: 'The entries in order. 条目',
        resolve: (page) => [...page.edges],
      }),
      nodes: t.field({
        type: [node],
        description: 'The entries without their cursors. 条目(不含游标)',
        resolve: (page) => page.edges.map((edge) => edge.node),
      }),
      pageInfo: t.field({
        type: pageInfo,
        description: 'Where the page stands. 分页信息',
        resolve: (page) => placeOf(page),
      }),
    }),
  })
}

/** Pothos cannot tell that a type parameter is no list; a resolver typed by what it returns can. */
function nodeOf(edge: { node: object }): never {
  return edge.node as never
}

function placeOf(page: Page<unknown>): PageInfo {
  const { edges, hasNextPage, hasPreviousPage } = page
  return {
    hasNextPage,
    hasPreviousPage,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  }
}
