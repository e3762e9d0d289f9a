import { readFileSync } from 'node:fs'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Starts what takes longest first, so that no long file is left over for one worker at the end: files that start whole hubs, then long texts. */
export class HubsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const weights = new Map(files.map((file) => [file, weightOf(file)]))
    const weigh = (file: TestSpecification): number => weights.get(file) ?? 0
    return files.toSorted((a, b) => weigh(b) - weigh(a))
  }
}

function weightOf({ moduleId }: TestSpecification): number {
  const text = readFileSync(moduleId, 'utf8')
  return /cli\/hub\.ts|support\/(run-)?hub\.ts/.test(text) ? 1e9 + text.length : text.length
}
