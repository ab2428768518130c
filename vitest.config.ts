import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

/**
 * One project a height: `unit` is pure and quick, `contract` speaks over real sockets, `integration` opens real files as well. The times end what
 * hangs; they are no measure of speed, and a busy machine takes many times as long.
 */
export default defineConfig({
  test: {
    projects: ['unit', 'contract', 'integration'].map((name) => ({
      // The states of the screens are written in runes.
      plugins: name === 'unit' ? [svelte({ configFile: false })] : [],
      test: {
        name,
        include: [`tests/${name}/**/*.test.ts`],
        environment: 'node',
        // What a hundred files import is loaded once where nothing is left behind; what opens files and starts threads has its own.
        isolate: name === 'integration',
        testTimeout: name === 'unit' ? 30_000 : 120_000,
        hookTimeout: 120_000,
      },
    })),
  },
})
