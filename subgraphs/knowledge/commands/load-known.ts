import { readFile } from 'node:fs/promises'
import type { Clock } from '@hub/kit/clock.ts'
import type { Database } from '@hub/kit/postgres.ts'
import { NO_ARTICLE } from '../domain/lexicon.ts'
import type { KnownQuestion } from '../domain/known.ts'
import { replaceSample } from '../store/lexicon.ts'

/** A question of the sample; `set` is the file that it stands in. */
export interface SampleQuestion extends KnownQuestion {
  readonly set: string
  /** What kind it is, as its author says. */
  readonly kind: string
}

interface Asked {
  readonly question: string
  readonly expected_title: string | null
  readonly also_acceptable?: readonly string[]
  readonly difficulty: string
  readonly noneKind?: string | null
}

const SETS = 'kb own case fresh second third late near other sealed unseen'.split(' ')

/** The questions of the sample with the articles that answer each. */
export async function readSampleQuestions(): Promise<SampleQuestion[]> {
  const articles = JSON.parse(await sampleFile('kb_articles.json')) as { id: string; title: string }[]
  const idOf = new Map(articles.map(({ id, title }) => [title, id]))
  const sets = await Promise.all(
    SETS.map(async (set) => {
      const asked = JSON.parse(await sampleFile(`${set}_questions.json`)) as Asked[]
      return asked.map(
        ({ question, expected_title: title, also_acceptable: also = [], difficulty, noneKind }) => ({
          set,
          question,
          kind: noneKind ?? difficulty,
          articles: title === null ? [] : [title, ...also].flatMap((each) => idOf.get(each) ?? []),
        }),
      )
    }),
  )
  return [...sets.flat(), ...(await readLabelled())]
}

/** One per line: its author, its kind, the articles that answer it or `-`, the question. */
async function readLabelled(): Promise<SampleQuestion[]> {
  const lines = (await sampleFile('labelled_questions.tsv')).split('\n').filter((line) => line !== '')
  return lines.map((line) => {
    const [author = '', kind = '', answers = NO_ARTICLE, question = ''] = line.split('\t')
    return { set: author, kind, question, articles: answers === NO_ARTICLE ? [] : answers.split(' ') }
  })
}

/** Puts the sample's known questions in place of what was loaded of it before; what editors added stays. */
export async function loadKnown(database: Database, clock: Clock): Promise<void> {
  const entries = (await readSampleQuestions()).map(({ question, articles }) => ({
    kind: 'KNOWN' as const,
    phrase: question,
    terms: articles.length > 0 ? articles : [NO_ARTICLE],
  }))
  await database.orm.transaction((tx) => replaceSample(tx, entries, clock()))
}

function sampleFile(name: string): Promise<string> {
  return readFile(new URL(`../sample/${name}`, import.meta.url), 'utf8')
}
