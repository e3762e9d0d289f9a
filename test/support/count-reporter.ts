import { writeSync } from 'node:fs'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/**
 * Ends the run with one plain line, `N passed, N failed`, for programs that read it. A file that could not be read to its
 * end and an error outside every test count as failed, so that 0 failed always means that the run passed.
 */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const passed = tests.filter((test) => test.result().state === 'passed').length
    const failed = tests.filter((test) => test.result().state === 'failed').length
    const broken = modules.flatMap((module) => module.errors()).length
    const suites = modules
      .flatMap((module) => [...module.children.allSuites()])
      .flatMap((suite) => suite.errors()).length
    const line = `${passed} passed, ${failed + broken + suites + errors.length} failed\n`
    // Written when the process ends, so that nothing comes after it.
    process.once('exit', () => writeSync(1, line))
  }
}
