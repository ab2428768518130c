import { defineConfig } from 'vitest/config'

/** One project a height: `unit` is pure and quick, `contract` and `integration` open real files and sockets. */
export default defineConfig({
  test: {
    projects: ['unit', 'contract', 'integration'].map((name) => ({
      test: {
        name,
        include: [`tests/${name}/**/*.test.ts`],
        environment: 'node',
        testTimeout: name === 'unit' ? 10_000 : 60_000,
        hookTimeout: 60_000,
      },
    })),
  },
})
