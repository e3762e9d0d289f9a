import { importPolicy } from '@hub/cases/commands/import-policy.ts'
import { listCityPolicies } from '@hub/cases/store/rules.ts'
import type { CityPolicy } from '@hub/cases/domain/policy.ts'
import type { Command } from 'commander'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { withCasesRoom } from './cases-room.ts'
import { readPolicyFile } from './policy-file.ts'

const EXAMPLES = `
例 · Examples:
  hub policy list
  hub policy import policy.json

{ "city": "JN", "version": "JN-2027-1", "effectiveFrom": "2027-03-01", "legalBasis": ["…"],
  "replyWorkingDays": 5, "capWorkingDays": 15, "yellowWorkingDays": 2, "redWorkingDays": 0 }
省略的各项依工作规则 · what is left out is as in the standing rules.`

/** `hub policy`: the limits and marks of a city, in force from a day (R8). */
export function addPolicyCommand(program: Command): void {
  const policy = program
    .command('policy')
    .description('办理时限政策 · limits and marks of a city, in force from a day')
    .addHelpText('after', EXAMPLES)
  policy
    .command('import')
    .description('导入一个政策版本 · take a version in: its file names the city and the day')
    .argument('<file>', '文件 · .json')
    .action(async (file: string) => {
      const version = readPolicyFile(path.basename(file), readFileSync(file, 'utf8'))
      const isNew = await withCasesRoom(process.env, (room) => importPolicy(room, version))
      process.stdout.write(
        `${isNew ? '已采用 · taken in' : '此前已采用 · was there already'}: ${line(version)}\n`,
      )
    })
  policy
    .command('list')
    .description('列出各政策版本 · every version, each city by itself')
    .option('--json', 'print the result as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const all = await withCasesRoom(process.env, ({ database }) => listCityPolicies(database.orm))
      process.stdout.write(`${json ? JSON.stringify(all) : all.map(line).join('\n')}\n`)
    })
}

function line(policy: CityPolicy): string {
  const { city, version, effectiveFrom, replyWorkingDays, capWorkingDays, legalBasis } = policy
  const marks = `${policy.yellowWorkingDays}/${policy.redWorkingDays}`
  return `${city} ${version} ${effectiveFrom} · 办理 reply ${replyWorkingDays}, 最长 cap ${capWorkingDays}, 黄/红牌 marks ${marks} · ${legalBasis.join(';')}`
}
