import { existsSync, readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'

const root = import.meta.dirname
const coreFolder = join(root, 'src-main/core')

/** `index` and one entry a worker: src-main/core/cache-worker.ts becomes out/main/cache-worker.js. */
function mainEntries(): Record<string, string> {
  const workers = existsSync(coreFolder)
    ? readdirSync(coreFolder).filter((file) => file.endsWith('-worker.ts'))
    : []
  return Object.fromEntries([
    ['index', join(root, 'src-main/app/index.ts')],
    ...workers.map((file) => [basename(file, '.ts'), join(coreFolder, file)]),
  ])
}

/**
 * Three bundles. Left outside of them: `electron`, Node's own modules, and package.json's `dependencies` (the two
 * native modules), which is what electron-vite takes for external.
 */
export default defineConfig({
  main: {
    publicDir: false,
    build: {
      outDir: resolve(root, 'out/main'),
      emptyOutDir: true,
      sourcemap: false,
      rolldownOptions: {
        input: mainEntries(),
        // Chunks lie beside the entries, so that `new URL('./x-worker.js', import.meta.url)` holds wherever code lands.
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
      },
    },
  },
  preload: {
    publicDir: false,
    build: {
      outDir: resolve(root, 'out/preload'),
      emptyOutDir: true,
      sourcemap: false,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: join(root, 'src-preload/index.ts') },
        // A sandboxed preload can load one CommonJS file and nothing beside it.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    publicDir: false,
    plugins: [svelte()],
    build: {
      outDir: resolve(root, 'out/renderer'),
      emptyOutDir: true,
      sourcemap: false,
      minify: true,
      // Fonts and pictures stay files: the page's policy allows no data: fonts.
      assetsInlineLimit: 0,
      // Read from disk, not from a network: one file is as quick as many.
      chunkSizeWarningLimit: 2_000,
      rolldownOptions: { input: join(root, 'src-renderer/index.html') },
    },
  },
})
