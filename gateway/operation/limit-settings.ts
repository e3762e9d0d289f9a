import { z } from 'zod'
import { readSettings } from '@hub/kit/env.ts'
import type { Rate } from './rate.ts'

/** How much one request, one caller and all of them together may ask for; Infinity is no limit. */
export interface Limits {
  readonly bodyBytes: number
  /** Of one answer of a subgraph. */
  readonly answerBytes: number
  readonly tokens: number
  readonly depth: number
  /** Levels of lists and objects in one value, in a document or in variables. */
  readonly valueDepth: number
  readonly aliases: number
  readonly directives: number
  readonly rootFields: number
  readonly fields: number
  /** The longest list that may be asked for. */
  readonly list: number
  /** Objects that one operation may bring at most. */
  readonly cost: number
  /** Operations at one time, of all callers. */
  readonly underWay: number
  /** Of one caller. */
  readonly sockets: number
  readonly subscriptions: number
  readonly rate: Rate
}

export const defaultLimits: Limits = {
  bodyBytes: 1_048_576,
  answerBytes: 67_108_864,
  tokens: 10_000,
  depth: 16,
  valueDepth: 32,
  aliases: 100,
  directives: 50,
  rootFields: 60,
  fields: 5_000,
  list: 1_000,
  cost: 50_000,
  underWay: 1_000,
  sockets: Infinity,
  subscriptions: Infinity,
  rate: { perSecond: Infinity, atOnce: 200_000 },
}

/** A count; 0 stands for no limit. */
export const count = z.coerce
  .number({ error: 'it is a whole number; 0 stands for no limit' })
  .int('it is a whole number')
  .min(0, 'it is 0 or more')
  .transform((number) => (number === 0 ? Infinity : number))

const shape = z.object({
  LIMIT_BODY_BYTES: count.optional(),
  LIMIT_ANSWER_BYTES: count.optional(),
  LIMIT_TOKENS: count.optional(),
  LIMIT_DEPTH: count.optional(),
  LIMIT_VALUE_DEPTH: count.optional(),
  LIMIT_ALIASES: count.optional(),
  LIMIT_DIRECTIVES: count.optional(),
  LIMIT_ROOT_FIELDS: count.optional(),
  LIMIT_FIELDS: count.optional(),
  LIMIT_LIST: count.optional(),
  LIMIT_COST: count.optional(),
  LIMIT_UNDER_WAY: count.optional(),
  LIMIT_SOCKETS: count.optional(),
  LIMIT_SUBSCRIPTIONS: count.optional(),
  RATE_PER_SECOND: count.optional(),
  RATE_AT_ONCE: count.optional(),
})

/** The limits of a gateway process. Those per caller stand only where callers are told apart. */
export function limitSettings(env: NodeJS.ProcessEnv, tellsCallersApart: boolean): Limits {
  const given = readSettings(shape, env)
  const perCaller = (byDefault: number): number => (tellsCallersApart ? byDefault : Infinity)
  return {
    bodyBytes: given.LIMIT_BODY_BYTES ?? defaultLimits.bodyBytes,
    answerBytes: given.LIMIT_ANSWER_BYTES ?? defaultLimits.answerBytes,
    tokens: given.LIMIT_TOKENS ?? defaultLimits.tokens,
    depth: given.LIMIT_DEPTH ?? defaultLimits.depth,
    valueDepth: given.LIMIT_VALUE_DEPTH ?? defaultLimits.valueDepth,
    aliases: given.LIMIT_ALIASES ?? defaultLimits.aliases,
    directives: given.LIMIT_DIRECTIVES ?? defaultLimits.directives,
    rootFields: given.LIMIT_ROOT_FIELDS ?? defaultLimits.rootFields,
    fields: given.LIMIT_FIELDS ?? defaultLimits.fields,
    list: given.LIMIT_LIST ?? defaultLimits.list,
    cost: given.LIMIT_COST ?? defaultLimits.cost,
    underWay: given.LIMIT_UNDER_WAY ?? defaultLimits.underWay,
    sockets: given.LIMIT_SOCKETS ?? perCaller(1_000),
    subscriptions: given.LIMIT_SUBSCRIPTIONS ?? perCaller(5_000),
    rate: {
      perSecond: given.RATE_PER_SECOND ?? perCaller(20_000),
      atOnce: given.RATE_AT_ONCE ?? defaultLimits.rate.atOnce,
    },
  }
}
