/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`. China keeps UTC+8 all year, so the arithmetic is plain. */
export type Day = string

const SHANGHAI_OFFSET_MS = 8 * 3_600_000
const DAY_MS = 86_400_000
const PATTERN = /^\d{4}-\d{2}-\d{2}$/

/** The day in Shanghai on which an instant falls. */
export function dayOf(instant: Date): Day {
  return new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10)
}

/** 00:00 in Shanghai of a day. */
export function startOfDay(day: Day): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - SHANGHAI_OFFSET_MS)
}

/** 24:00 in Shanghai of a day: the first instant that is too late for it. */
export function endOfDay(day: Day): Date {
  return new Date(startOfDay(day).getTime() + DAY_MS)
}

/** The day `count` days later (earlier when negative). */
export function plusDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10)
}

/** Whether a text is a day that exists: `2026-02-30` is not. */
export function isDay(text: string): boolean {
  if (!PATTERN.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text
}

/** 1 (Monday) to 7 (Sunday). */
export function weekdayOf(day: Day): number {
  return new Date(Date.parse(`${day}T00:00:00Z`)).getUTCDay() || 7
}

/** RFC 3339 with the offset of Shanghai: `2026-11-23T09:00:00.000+08:00`. */
export function inShanghai(instant: Date): string {
  return `${new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, -1)}+08:00`
}
