import { importsOf } from './imports.ts'
import type { ProjectFile } from './tree.ts'

/** Who may import whom. `{own}` stands for the room of the file. */
export interface Rule {
  readonly who: string
  readonly files: RegExp
  readonly mayImport: readonly string[]
  /** Only with `import type`. */
  readonly mayName?: readonly string[]
  readonly never?: readonly string[]
}

const PACKAGES = ['node:', 'npm:']
const DRIVERS = ['npm:postgres', 'npm:drizzle-orm', 'npm:pg']
const PURE_KIT = ['kit/day.ts', 'kit/working-days.ts', 'kit/errors.ts', 'kit/paging.ts', 'kit/plain-text.ts']

export const rules: readonly Rule[] = [
  { who: 'kit', files: /^kit\//, mayImport: ['kit/', ...PACKAGES] },
  { who: 'gateway', files: /^gateway\//, mayImport: ['gateway/', 'kit/', ...PACKAGES], never: DRIVERS },
  {
    who: 'planning, which knows nothing of how a plan is carried out',
    files: /^gateway\/planning\//,
    mayImport: ['gateway/planning/', 'gateway/supergraph/', 'gateway/errors.ts', 'kit/', ...PACKAGES],
  },
  {
    who: 'domain',
    files: /^subgraphs\/\w+\/domain\//,
    mayImport: ['{own}/domain/', ...PURE_KIT],
    mayName: ['kit/'],
  },
  {
    who: 'store',
    files: /^subgraphs\/\w+\/store\//,
    mayImport: ['{own}/store/', '{own}/domain/', 'kit/', ...PACKAGES],
    never: ['npm:graphql', 'npm:@pothos'],
  },
  {
    who: 'commands',
    files: /^subgraphs\/\w+\/commands\//,
    mayImport: ['{own}/commands/', '{own}/domain/', '{own}/store/', '{own}/sample/', 'kit/', ...PACKAGES],
    never: ['npm:graphql', 'npm:@pothos', ...DRIVERS],
  },
  {
    who: 'graph',
    files: /^subgraphs\/\w+\/graph\/(?!context(-\w+)?\.ts|([\w-]+-)?loaders?\.ts)/,
    mayImport: ['{own}/graph/', '{own}/domain/', 'kit/', ...PACKAGES],
    mayName: ['{own}/store/', '{own}/commands/'],
    never: DRIVERS,
  },
  {
    who: 'the context, which brings store and commands to the graph',
    files: /^subgraphs\/\w+\/graph\/(context(-\w+)?|([\w-]+-)?loaders?)\.ts$/,
    mayImport: ['{own}/graph/', '{own}/domain/', '{own}/store/', '{own}/commands/', 'kit/', ...PACKAGES],
    never: DRIVERS,
  },
  {
    who: 'work',
    files: /^subgraphs\/\w+\/work\//,
    mayImport: ['{own}/work/', '{own}/commands/', '{own}/store/', '{own}/domain/', 'kit/', ...PACKAGES],
    never: ['npm:graphql', 'npm:@pothos', ...DRIVERS],
  },
  {
    who: 'server',
    files: /^subgraphs\/\w+\/server\.ts$/,
    mayImport: ['{own}/', 'kit/', ...PACKAGES],
    never: DRIVERS,
  },
  {
    who: 'sample',
    files: /^subgraphs\/\w+\/sample\/.*\.ts$/,
    mayImport: ['{own}/sample/', '{own}/commands/', '{own}/domain/', 'kit/', 'node:', 'npm:zod'],
  },
  { who: 'migrations', files: /^migrations\//, mayImport: ['migrations/', 'kit/', ...PACKAGES] },
  {
    who: 'schema',
    files: /^schema\//,
    mayImport: [
      'schema/',
      'kit/',
      'gateway/errors.ts',
      'gateway/settings-file.ts',
      ...['cases', 'departments', 'knowledge', 'supervision'].flatMap((room) => [
        `subgraphs/${room}/graph/schema.ts`,
        `subgraphs/${room}/domain/errors.ts`,
      ]),
      ...PACKAGES,
    ],
  },
  {
    who: 'cli',
    files: /^cli\//,
    mayImport: ['cli/', 'gateway/', 'kit/', 'migrations/', 'schema/', 'subgraphs/', ...PACKAGES],
  },
  { who: 'test', files: /^test\//, mayImport: [''] },
]

/** Every import that goes against the direction of the house, as `file → target`. */
export function wrongImports(files: readonly ProjectFile[], rule: Rule): string[] {
  return files
    .filter((file) => rule.files.test(file.path))
    .flatMap((file) => {
      const own = file.path.split('/').slice(0, 2).join('/')
      const among = (names: readonly string[], target: string): boolean =>
        names.some((name) => target.startsWith(name.replace('{own}', own)))
      return importsOf(file)
        .filter(({ target, typeOnly }) => {
          if (among(rule.never ?? [], target)) return true
          return !among(rule.mayImport, target) && !(typeOnly && among(rule.mayName ?? [], target))
        })
        .map(({ target }) => `${file.path} → ${target}`)
    })
}
