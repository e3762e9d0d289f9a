import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { buildSchema, parse } from 'graphql'
import { undescribed } from './descriptions.ts'
import { differingLines } from './finding.ts'
import { misplacedFields } from './held-rooms.ts'
import { brokenPromises } from './held-types.ts'
import { readOperations, unfitOperations } from './operation-files.ts'
import { printContract } from './printed.ts'

const read = (name: string): string => {
  const file = path.join(import.meta.dirname, name)
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

const { files, graph, subgraphs } = await printContract()
const contract = parse(read('contract.graphql'))
const findings = [
  ...[...files].flatMap(([name, text]) => differingLines(`schema/${name}`, read(name), text)),
  ...brokenPromises(buildSchema(read('contract.graphql'), { assumeValid: true }), graph),
  ...misplacedFields(contract, new Map(subgraphs.map(({ name, sdl }) => [name, parse(sdl)]))),
  ...undescribed(graph),
  ...unfitOperations(readOperations(), graph),
]
for (const finding of findings) process.stderr.write(`${finding}\n`)
if (findings.length > 0) process.exitCode = 1
else
  process.stdout.write(`contract: ${files.size} printed files agree with the code, every promise is kept\n`)
