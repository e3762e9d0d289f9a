import { readFileSync } from 'node:fs'
import { stepsOf, type Step } from '@hub/cases/sample/play.ts'
import { readSample } from '@hub/cases/sample/read-sample.ts'
import { tellStories } from '@hub/cases/sample/story.ts'
import { loadSampleDepartments } from '@hub/departments/commands/load-sample.ts'
import { openClock } from '@hub/kit/clock.ts'
import { dayOf, endOfDay, plusDays } from '@hub/kit/day.ts'
import { importArticles } from '@hub/knowledge/commands/import-articles.ts'
import { loadKnown } from '@hub/knowledge/commands/load-known.ts'
import { runDeadlines } from '@hub/supervision/work/deadlines.ts'
import { z } from 'zod'
import { beginLoad, finishLoad } from './mark.ts'
import { openSampleRooms, type SampleRooms } from './rooms.ts'

export interface LoadOptions {
  readonly databaseUrl: string
  /** The environment of the cases room, its data key included. */
  readonly env: NodeJS.ProcessEnv
  readonly onProgress: (line: string) => void
}

/** The rules of the sample are in force from here on: older than every answer that cites them. */
const IN_FORCE_FROM = '2024-01-01'

/**
 * Loads the sample once: organisations, articles, and the cases of the last eight weeks, played day by day through the
 * real commands. Does nothing where it was loaded, or where cases are that are not of the sample. A load that was
 * broken off is begun anew.
 */
export async function loadSample({
  databaseUrl,
  env,
  onProgress,
}: LoadOptions): Promise<{ loaded: boolean }> {
  if (!(await beginLoad(databaseUrl))) return { loaded: false }
  onProgress('载入示例数据(虚构) · loading the sample data (invented)')
  const now = openClock(env)()
  const rooms = openSampleRooms(databaseUrl, env['HUB_DATA_KEY'] ?? '')
  try {
    const articleOf = await saveReference(rooms, now)
    await playDays(rooms, now, articleOf, onProgress)
  } finally {
    await rooms.close()
  }
  await finishLoad(databaseUrl)
  return { loaded: true }
}

/** Loads the sample's organisations and articles without its cases; repeating it changes nothing. */
export async function loadReference({ databaseUrl, env }: LoadOptions): Promise<void> {
  const rooms = openSampleRooms(databaseUrl, env['HUB_DATA_KEY'] ?? '')
  try {
    await saveReference(rooms, openClock(env)())
  } finally {
    await rooms.close()
  }
}

async function saveReference(rooms: SampleRooms, now: Date): Promise<(title: string) => string | null> {
  const clock = (): Date => now
  await loadSampleDepartments(rooms.departments, clock)
  const articles = readArticles()
  await importArticles(rooms.knowledge, clock, articles, IN_FORCE_FROM)
  await loadKnown(rooms.knowledge, clock)
  await rooms.followAll()
  const byTitle = new Map(articles.map(({ title, id }) => [title, id]))
  return (title) => byTitle.get(title) ?? null
}

function readArticles(): { id: string; title: string }[] {
  const file = new URL(import.meta.resolve('@hub/knowledge/sample/kb_articles.json'))
  return z
    .array(z.looseObject({ id: z.string(), title: z.string() }))
    .parse(JSON.parse(readFileSync(file, 'utf8')))
}

/** Everything that happened until now, day by day; each night the deadlines are looked at, as the hub would have. */
async function playDays(
  rooms: SampleRooms,
  now: Date,
  articleOf: (title: string) => string | null,
  onProgress: (line: string) => void,
): Promise<void> {
  const lives = tellStories(readSample(), now).map((story) => stepsOf(story, articleOf))
  const first = lives[0]?.[0]?.at ?? now
  for (let day = dayOf(first); day <= dayOf(now); day = plusDays(day, 1)) {
    const until = new Date(Math.min(endOfDay(day).getTime(), now.getTime()))
    const due = lives.map((steps) => takeUntil(steps, until)).filter((steps) => steps.length > 0)
    await runDay(rooms, due)
    await rooms.followAll()
    await runDeadlines({ db: rooms.supervision.orm, now: until })
    if (day.endsWith('0') || day.endsWith('5')) onProgress(`  ${day}`)
  }
  await rooms.followAll()
}

function takeUntil(steps: Step[], until: Date): Step[] {
  const after = steps.findIndex(({ at }) => at >= until)
  return steps.splice(0, after === -1 ? steps.length : after)
}

/** Registrations come in order, so that numbers follow the time; different cases then go on side by side. */
async function runDay(rooms: SampleRooms, lives: readonly Step[][]): Promise<void> {
  const byStart = lives.toSorted((one, other) => timeOf(one) - timeOf(other))
  for (const steps of byStart) {
    const [step] = steps
    if (step) await step.run(rooms.casesAt(step.at))
  }
  await Promise.all(
    byStart.map(async ([, ...rest]) => {
      for (const step of rest) await step.run(rooms.casesAt(step.at))
    }),
  )
}

function timeOf(steps: readonly Step[]): number {
  return steps[0]?.at.getTime() ?? 0
}
