import type { LoggedEvent } from '@hub/kit/event-log.ts'
import type { LogSource } from '@hub/kit/follow-source.ts'
import { startFollowing, type FollowOptions, type Following } from '@hub/kit/follow.ts'
import type { Logger } from '@hub/kit/log.ts'
import type { Database, Tx } from '@hub/kit/postgres.ts'
import type { DepartmentTree } from '../commands/department-tree.ts'
import { removeDepartmentRef, saveArticleRef, saveDepartmentRef, saveSupervisionRef } from '../store/refs.ts'

/** Where the logs of the other rooms are read. */
export interface Sources {
  readonly departments: LogSource
  readonly knowledge: LogSource
  readonly supervision: LogSource
}

interface FollowerOptions {
  readonly database: Database
  readonly tree: DepartmentTree
  readonly log: Logger
}

/** What this room follows: the organisations, the article versions, and the supervision orders on its cases. */
export function followersOf(sources: Sources, { database, tree, log }: FollowerOptions): FollowOptions[] {
  const common = { database, log }
  return [
    {
      ...common,
      name: 'departments',
      source: sources.departments,
      streams: ['department'],
      apply: each(applyDepartment),
      afterCommit: () => tree.changed(),
    },
    {
      ...common,
      name: 'knowledge',
      source: sources.knowledge,
      streams: ['article'],
      apply: each(applyArticle),
    },
    {
      ...common,
      name: 'supervision',
      source: sources.supervision,
      streams: ['supervision'],
      apply: each(applyOrder),
    },
  ]
}

/** Follows them until stopped. */
export function startFollowers(sources: Sources, options: FollowerOptions): Following {
  const followers = followersOf(sources, options).map(startFollowing)
  return {
    reasons: () => followers.flatMap((follower) => follower.reasons()),
    async stop() {
      await Promise.all(followers.map((follower) => follower.stop()))
    },
  }
}

type Apply = (tx: Tx, event: LoggedEvent) => Promise<void>

function each(apply: Apply): FollowOptions['apply'] {
  return async (tx, events) => {
    for (const event of events) await apply(tx, event)
  }
}

const applyDepartment: Apply = async (tx, { kind, data }) => {
  const code = need(data, 'code')
  if (kind === 'DepartmentRemoved') return removeDepartmentRef(tx, code)
  if (kind !== 'DepartmentSaved') return
  const parent = typeof data['parent'] === 'string' ? data['parent'] : null
  await saveDepartmentRef(tx, {
    code,
    name: need(data, 'name'),
    parent,
    acceptsDispatch: data['acceptsDispatch'] === true,
  })
}

const applyArticle: Apply = async (tx, { kind, data }) => {
  if (kind !== 'ArticleSaved') return
  const inForceUntil = typeof data['inForceUntil'] === 'string' ? data['inForceUntil'] : null
  const dates = { inForceFrom: need(data, 'inForceFrom'), inForceUntil }
  await saveArticleRef(tx, {
    id: need(data, 'id'),
    version: Number(data['version']),
    status: need(data, 'status'),
    ...dates,
  })
}

const ORDER_KINDS = new Set(['SupervisionOrdered', 'SupervisionAnswered', 'SupervisionClosed'])

/** Orders on a case; what else supervision tells of, and orders on no single case, do not keep a case open. */
const applyOrder: Apply = async (tx, { kind, data }) => {
  if (!ORDER_KINDS.has(kind) || data['case'] === null) return
  const assignmentId = typeof data['assignment'] === 'string' ? data['assignment'] : null
  await saveSupervisionRef(tx, {
    orderId: need(data, 'order'),
    caseNumber: need(data, 'case'),
    assignmentId,
    status: need(data, 'status'),
  })
}

function need(data: LoggedEvent['data'], key: string): string {
  const value = data[key]
  if (typeof value !== 'string') throw new Error(`the event does not say ${key}`)
  return value
}
