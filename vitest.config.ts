import { defineConfig } from 'vitest/config'
import { CountReporter } from './test/support/count-reporter.ts'

export default defineConfig({
  test: {
    reporters: ['default', new CountReporter()],
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Node runs the TypeScript itself; Vite's runner would load a second copy of graphql ("another realm").
    experimental: { viteModuleRunner: false },
    pool: 'forks',
    // Many tests wait for processes and sockets: two files at a time, also where there are two cores.
    maxWorkers: 2,
    // Files of one worker share its modules: loading them anew for every file took a third of the run. A file keeps
    // nothing at module level that another could trip over, and closes what it opened.
    isolate: false,
    execArgv: ['--import', new URL('kit/quick-resolution.ts', import.meta.url).href],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
