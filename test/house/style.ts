import { plainCode } from './plain-code.ts'
import type { ProjectFile } from './tree.ts'

const LONGEST = 250
const NAMED =
  /^(\d{4}_[a-z0-9]+(_[a-z0-9]+)*\.sql|[a-z0-9]+(-[a-z0-9]+)*(\.(test|config|bench))?\.(ts|mjs|graphql|json|yaml|yml|sql|txt)|[A-Z]+\.md)$/
/** As the last word of a name, or the name of a folder, these say nothing of what is inside. */
const DRAWERS = /(^|-)(utils?|helpers?|common|managers?|services?|index|misc|stuff)(\.|$)/
const PRINTED = /^schema\/(supergraph|cases|departments|knowledge|supervision)\.graphql$/
/** Names that a tool gives, and sample data that keep the names they came with. */
const NAMED_ELSEWHERE = /^(pnpm-lock\.yaml|\..*|LICENSE|subgraphs\/\w+\/(sample|lexicon)\/.*)$/

/** Files longer than a reader holds at once. */
export function longFiles(files: readonly ProjectFile[]): string[] {
  return files
    .filter(
      ({ path, text }) =>
        /\.(ts|mjs|sql|graphql)$/.test(path) && !PRINTED.test(path) && linesOf(text) > LONGEST,
    )
    .map(({ path, text }) => `${path} has ${linesOf(text)} lines`)
}

function linesOf(text: string): number {
  return text.trimEnd().split('\n').length
}

/** File names that are not kebab-case, or name a drawer rather than a thing. */
export function oddNames(paths: readonly string[]): string[] {
  return paths.filter((path) => {
    const parts = path.split('/')
    const name = parts.at(-1) ?? ''
    if (NAMED_ELSEWHERE.test(path)) return false
    return !NAMED.test(name) || parts.some((part) => DRAWERS.test(part))
  })
}

interface Habit {
  readonly what: string
  readonly found: RegExp
  readonly except?: RegExp
}

const CODE: readonly Habit[] = [
  {
    what: 'a default export',
    found: /^\s*export\s+default\b|\bas\s+default\b/m,
    // These two tools take nothing else.
    except: /^(vitest\.config\.ts|test\/support\/global-setup\.ts)$/,
  },
  { what: 'any', found: /(:|<|\bas|\||&|=>)\s*(readonly\s+)?any\b(?!\s*[(.:?])|,\s*any\s*>/ },
  { what: 'an enum', found: /^\s*(export\s+)?(declare\s+)?(const\s+)?enum\s+\w+\s*\{/m },
  { what: 'a cast through unknown', found: /\bas\s+unknown\s+as\b/ },
  { what: 'a barrel', found: /^\s*export\s+\*/m },
  { what: 'a focused or skipped test', found: /\b(it|test|describe)\.(only|skip|todo)\b/ },
]

const TEXT: readonly Habit[] = [
  {
    what: 'a silenced check',
    found: /@ts-(ignore|expect-error|nocheck)|(eslint|oxlint|biome|prettier|oxfmt)-(disable|ignore)\b/,
  },
  { what: 'a path of a machine', found: /(^|[\s'"`(=])\/(work|farm|home|root|Users|tmp)\/\w/m },
  { what: 'unfinished work', found: /\b(TODO|FIXME|XXX|HACK)\b|not implemented/i },
]

/** What the house does not do, wherever it is done. */
export function oddHabits(files: readonly ProjectFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const code = /\.(ts|mjs)$/.test(path) ? plainCode(text) : ''
    return [
      ...CODE.filter(({ found, except }) => found.test(code) && !except?.test(path)),
      ...TEXT.filter(({ found, except }) => found.test(text) && !except?.test(path)),
    ].map(({ what }) => `${path} has ${what}`)
  })
}

const IMPURE =
  /\bDate\.now\b|\bnew\s+Date\s*\(\s*\)|\bMath\.random\b|\brandom\w*\s*\(|\bawait\b|\basync\b|\bprocess\.|\bperformance\./

/** Rules that read a clock, throw dice or wait: domain takes all that as arguments. */
export function impureRules(files: readonly ProjectFile[]): string[] {
  return files
    .filter(({ path }) => /^subgraphs\/\w+\/domain\//.test(path))
    .flatMap(({ path, text }) => {
      const found = IMPURE.exec(plainCode(text))
      return found ? [`${path} has ${found[0].trim()}`] : []
    })
}
