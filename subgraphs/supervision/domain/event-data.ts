import type { Day } from '@hub/kit/day.ts'

/** What an event of another room carries: ids, enumerated values, days. */
export type EventData = Readonly<Record<string, string | number | boolean | null>>

/** An event as it is followed. */
export interface FollowedEvent {
  readonly kind: string
  readonly at: Date
  readonly data: EventData
}

/** A text of an event, or null where it is absent. */
export function textOf(data: EventData, key: string): string | null {
  const value = data[key]
  return typeof value === 'string' && value !== '' ? value : null
}

/** A yes or no of an event, or null where it was not said. */
export function flagOf(data: EventData, key: string): boolean | null {
  const value = data[key]
  return typeof value === 'boolean' ? value : null
}

/** A day of an event, or null. */
export function dayIn(data: EventData, key: string): Day | null {
  return textOf(data, key)?.slice(0, 10) ?? null
}

/** An instant of an event, or null. */
export function instantIn(data: EventData, key: string): Date | null {
  const text = textOf(data, key)
  return text === null ? null : new Date(text)
}

/** A text that the event cannot be understood without. */
export function needText(data: EventData, key: string): string {
  const value = textOf(data, key)
  if (value === null) throw new Error(`the event does not say ${key}`)
  return value
}
