import { describe, expect, it } from 'vitest'
import { projectPaths, read, ROOMS } from './tree.ts'

const paths = projectPaths()

const TOP =
  /^(cli|console|client|deploy|docs|gateway|kit|migrations|schema|subgraphs|test|package\.json|pnpm-workspace\.yaml|pnpm-lock\.yaml|tsconfig\.json|vitest\.config\.ts|knip\.json|LICENSE|compose\.yaml|[A-Z]+(\.zh-CN)?\.md|\..*)$/
const foreignAtTop = (all: readonly string[]): string[] =>
  [...new Set(all.map((at) => at.split('/')[0] ?? ''))].filter((name) => !TOP.test(name))

describe('the top of the project', () => {
  it('holds what the layout names and nothing else', () => {
    expect(foreignAtTop(paths)).toEqual([])
  })

  it('would be caught growing a drawer', () => {
    expect(foreignAtTop(['src/a.ts', 'utils/b.ts', 'kit/c.ts', 'notes.md'])).toEqual([
      'src',
      'utils',
      'notes.md',
    ])
  })
})

const FURNITURE = [
  'README.md',
  'package.json',
  'server.ts',
  'domain/errors.ts',
  'store/tables.ts',
  'graph/builder.ts',
  'graph/schema.ts',
]
const FOLDERS = ['commands', 'domain', 'graph', 'store']
/** What only some rooms have: what runs by itself, and data they come with. */
const EXTRAS = /^(work|sample|lexicon)$/

const oddFurniture = (room: string, all: readonly string[]): string[] => {
  const inside = all
    .filter((at) => at.startsWith(`subgraphs/${room}/`))
    .map((at) => at.split('/').slice(2).join('/'))
  const names = new Set(inside.map((at) => at.split('/')[0] ?? ''))
  return [
    ...FURNITURE.filter((name) => !inside.includes(name)).map((name) => `${name} is missing`),
    ...FOLDERS.filter((name) => !names.has(name)).map((name) => `${name}/ is missing`),
    ...[...names]
      .filter((name) => !FURNITURE.includes(name) && !FOLDERS.includes(name) && !EXTRAS.test(name))
      .map((name) => `${name} is no furniture of a room`),
  ]
}

describe.each(ROOMS)('the room %s', (room) => {
  it('is furnished like the others', () => {
    expect(oddFurniture(room, paths)).toEqual([])
  })

  it('says in at most 40 lines what it owns', () => {
    expect(read(`subgraphs/${room}/README.md`).trimEnd().split('\n').length).toBeLessThanOrEqual(40)
  })

  it('has its tables in numbered files that say what they do', () => {
    const files = paths.filter((at) => at.startsWith(`migrations/${room}/`))
    expect(files.length).toBeGreaterThan(0)
    expect(files.filter((at) => !/\/\d{4}_[a-z0-9]+(_[a-z0-9]+)*\.sql$/.test(at))).toEqual([])
    const numbers = files.map((at) => Number(at.split('/')[2]?.slice(0, 4))).toSorted((a, b) => a - b)
    expect(numbers).toEqual(numbers.map((_number, index) => index + 1))
  })
})

describe('a room', () => {
  const whole = [...FURNITURE, ...FOLDERS.map((name) => `${name}/a.ts`)].map((at) => `subgraphs/cases/${at}`)

  it('would be caught without its furniture, or with a drawer', () => {
    expect(oddFurniture('cases', whole)).toEqual([])
    expect(
      oddFurniture(
        'cases',
        whole.filter((at) => !at.endsWith('server.ts')),
      ),
    ).toEqual(['server.ts is missing'])
    expect(oddFurniture('cases', [...whole, 'subgraphs/cases/lib/a.ts'])).toEqual([
      'lib is no furniture of a room',
    ])
  })
})

describe('the README', () => {
  const readme = read('README.md')

  it('is read in one sitting', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(120)
  })

  it('has the two commands and the licences', () => {
    for (const word of ['npm start', 'npm test', 'Elastic-2.0', 'Apache-2.0']) expect(readme).toContain(word)
  })

  it('points only to what is there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => link)
    const folders = new Set(
      paths.flatMap((at) => at.split('/').map((_part, index, parts) => parts.slice(0, index + 1).join('/'))),
    )
    expect(links.filter((link) => !folders.has(link.replace(/\/$/, '')))).toEqual([])
  })
})

/** What sends figures to a vendor, asks a cloud where it runs, or fetches from a registry. `@apollo/server` loads what it reports with only when told to. */
const REPORTING =
  /^ {2}'?((@opentelemetry\/(exporter|otlp|resource|sdk)[\w-]*|make-fetch-happen|gcp-metadata)@\d[^:']*)/gm

const reportingIn = (lock: string): string[] => [...lock.matchAll(REPORTING)].map(([, name]) => name ?? '')

describe('what is installed', () => {
  it('has nothing that reports to anyone outside', () => {
    expect(reportingIn(read('pnpm-lock.yaml'))).toEqual([])
  })

  it('would be caught with a reporter among it', () => {
    const lock =
      "packages:\n\n  '@opentelemetry/exporter-metrics-otlp-http@0.57.2':\n    resolution: {}\n\n  graphql@16.15.0:\n"
    expect(reportingIn(lock)).toEqual(['@opentelemetry/exporter-metrics-otlp-http@0.57.2'])
  })
})
