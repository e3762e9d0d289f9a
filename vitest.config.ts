import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Node runs the TypeScript itself; Vite's runner would load a second copy of graphql ("another realm").
    experimental: { viteModuleRunner: false },
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
