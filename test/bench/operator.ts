import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readSample } from '@hub/cases/sample/read-sample.ts'
import { parse, print, type FieldNode, type OperationDefinitionNode } from 'graphql'
import { startTestHub, type TestHub } from '../support/hub.ts'
import { openBenchRoom } from './cases-room.ts'

/**
 * What the operator's desk waits for while the caller speaks: all four questions in one operation through the whole hub,
 * beside each of them alone, on a small register and on a large one by turns: `npm run bench operator FOLDER [small large]`.
 * A register that is not in the folder yet is loaded into it.
 */
const [folder = path.join(tmpdir(), 'hub-bench'), small = '100000', large = '1000000'] = process.argv.slice(2)
const ROUNDS = 144
const WARM = 20
const document = readFileSync(
  new URL('../../schema/operations/help-the-operator.graphql', import.meta.url),
  'utf8',
)
const operation = parse(document, { noLocation: true }).definitions[0] as OperationDefinitionNode

/** The whole operation, and one for each of its fields alone. */
const questions = [
  { name: 'all four', query: document },
  ...operation.selectionSet.selections.map((field) => ({
    name: (field as FieldNode).name.value,
    query: print({
      ...operation,
      variableDefinitions: operation.variableDefinitions?.filter(({ variable }) =>
        print(field).includes(`$${variable.name.value}`),
      ),
      selectionSet: { ...operation.selectionSet, selections: [field] },
    } as OperationDefinitionNode),
  })),
]
const calls = readSample().map(({ title, content, district }) => ({ title, content, district }))

const hubs: TestHub[] = []
try {
  for (const cases of [small, large]) hubs.push(await open(cases))
  const times = await measure(hubs)
  console.log(`${'ms, p50 / p99'.padEnd(22)}${small.padStart(18)}${large.padStart(18)}`)
  for (const [index, { name }] of questions.entries())
    console.log(`${name.padEnd(22)}${times.map((of) => said(of[index] ?? []).padStart(18)).join('')}`)
} finally {
  for (const hub of hubs) await hub.stop()
}

/** A hub over so many cases; the register is loaded first where it is not there. */
async function open(cases: string): Promise<TestHub> {
  const dataFolder = path.join(folder, cases)
  if (!existsSync(dataFolder)) await (await openBenchRoom(folder, Number(cases))).close()
  // No caller of a measurement is told to slow down.
  return startTestHub({ sample: 'reference', env: { HUB_DATA: dataFolder, RATE_PER_SECOND: '10000000' } })
}

/** Times of each hub and question; the first rounds fill caches and are not counted. */
async function measure(all: readonly TestHub[]): Promise<number[][][]> {
  const times = all.map(() => questions.map((): number[] => []))
  const tokens = await Promise.all(all.map((hub) => hub.token('OPERATOR')))
  for (let round = -WARM; round < ROUNDS; round++)
    for (const [at, hub] of all.entries())
      for (const [index, { query }] of questions.entries()) {
        const began = performance.now()
        const call = calls[(round + WARM) % calls.length]
        const { errors } = await hub.graphql(tokens[at] ?? '', query, { ...call })
        if (errors?.[0]) throw new Error(errors[0].message)
        if (round >= 0) times[at]?.[index]?.push(performance.now() - began)
      }
  return times
}

function said(list: readonly number[]): string {
  const sorted = list.toSorted((one, other) => one - other)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return `${at(0.5).toFixed(1)} / ${at(0.99).toFixed(1)}`
}
