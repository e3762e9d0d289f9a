import type { Command } from 'commander'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { PROJECT } from './data-folder.ts'
import { UsageError } from './failure.ts'

interface Options {
  subgraph?: string
  write?: boolean
  check?: boolean
}

/** `hub schema`: prints the contract, writes it anew from the code, or checks that the two agree. */
export function addSchemaCommand(program: Command): void {
  program
    .command('schema')
    .description('打印图的合约 · print the contract of the graph: the supergraph, or the SDL of one subgraph')
    .option('--subgraph <name>', '子图 · cases, departments, knowledge or supervision')
    .option('--write', '由代码重新生成 · print all files of schema/ anew from the code')
    .option('--check', '核对 · fail when schema/ differs from the code')
    .addHelpText(
      'after',
      '\n例 · Examples:\n  hub schema > supergraph.graphql\n  hub schema --subgraph cases\n  hub schema --check',
    )
    .action(async ({ subgraph, write, check }: Options) => {
      if (write) process.exitCode = await run('print.ts')
      else if (check) process.exitCode = await run('check.ts')
      else process.stdout.write(readContract(subgraph))
    })
}

function readContract(subgraph: string | undefined): string {
  const file = path.join(PROJECT, 'schema', `${subgraph ?? 'supergraph'}.graphql`)
  if (/^[a-z]+$/.test(subgraph ?? 'supergraph') && existsSync(file)) return readFileSync(file, 'utf8')
  if (subgraph === undefined)
    throw new UsageError('schema/supergraph.graphql is missing; make it with: hub schema --write')
  throw new UsageError(
    `--subgraph: "${subgraph}" is not a subgraph; use cases, departments, knowledge or supervision.`,
  )
}

async function run(script: string): Promise<number> {
  const child = spawn(process.execPath, [path.join(PROJECT, 'schema', script)], {
    stdio: 'inherit',
    cwd: PROJECT,
  })
  const { promise, resolve } = Promise.withResolvers<number>()
  child.once('exit', (code) => resolve(code ?? 1))
  return await promise
}
