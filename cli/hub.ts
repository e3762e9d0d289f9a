import './quick-start.ts'
import { Command } from 'commander'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { COMMANDS } from './commands.ts'
import { explainFailure } from './failure.ts'

/** Builds the program with one command loaded whole and the others by name only: `hub token` loads no database driver. */
export async function buildProgram(wanted: string | undefined): Promise<Command> {
  const program = new Command('hub')
    .description('12345 市民服务热线枢纽 · the hub of the 12345 citizen hotline')
    .showHelpAfterError('(hub --help 列出全部命令 · lists every command)')
    .addHelpText('after', '\n例 · Examples:\n  hub start\n  hub token --role OPERATOR\n  hub start --help')
  for (const { name, summary, load } of COMMANDS) {
    if (!existsSync(path.join(import.meta.dirname, `${name}.ts`))) continue
    if (name === wanted) (await load())(program)
    else program.command(name).description(summary)
  }
  return program
}

/** The first word that names a command, also behind `help`. */
function wantedCommand(words: readonly string[]): string | undefined {
  const plain = words.filter((word) => !word.startsWith('-'))
  return plain[0] === 'help' ? plain[1] : plain[0]
}

try {
  const program = await buildProgram(wantedCommand(process.argv.slice(2)))
  await program.parseAsync()
} catch (error) {
  process.exitCode = explainFailure(error)
}
