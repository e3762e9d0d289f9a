import { readFileSync } from 'node:fs'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Starts what takes longest first, so that no long file is left over for one worker at the end: files that start whole hubs. */
export class HubsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const startsHub = (file: TestSpecification): boolean =>
      /cli\/hub\.ts|support\/(run-)?hub\.ts/.test(readFileSync(file.moduleId, 'utf8'))
    return [...sorted.filter(startsHub), ...sorted.filter((file) => !startsHub(file))]
  }
}
