/** A folder's place in the house: which folders its files may import from, besides their own. */
export type Layer = { folder: string; may: readonly string[]; node: boolean }

const shared = ['src-shared']
const low = [...shared, 'src-main/platform', 'src-main/domain']
const adapters = ['store', 'thehive', 'vault', 'intake', 'outbox-file'].map((name) => `src-main/${name}`)
const useCases = ['src-main/sync', 'src-main/services']
const withoutVault = adapters.filter((folder) => folder !== 'src-main/vault')

const main = (name: string, may: readonly string[]): Layer => ({
  folder: `src-main/${name}`,
  may,
  node: true,
})
const page = (name: string, may: readonly string[]): Layer => ({
  folder: name === '' ? 'src-renderer' : `src-renderer/${name}`,
  may,
  node: false,
})

/**
 * Who may import whom, from docs/architecture.md. Imports point down only; adapters and features never import each other.
 * `*` is one folder of any name; the deepest matching row counts. A source file outside of every row fails the test.
 */
export const layers: readonly Layer[] = [
  ...['model', 'query', 'contract', 'errors', 'util'].map((name) => ({
    folder: `src-shared/${name}`,
    may: shared,
    node: false,
  })),
  { folder: 'src-preload', may: shared, node: false },

  main('platform', shared),
  main('domain', shared),
  ...adapters.map((folder) => ({ folder, may: low, node: true })),
  main('sync', [...low, ...adapters]),
  main('services', [...low, ...adapters, 'src-main/sync']),
  main('ipc', [...low, ...adapters, ...useCases]),
  main('shell', [...low, ...adapters, ...useCases]),
  // Worker entries: what crosses into them has no credentials store.
  main('core', [...low, ...withoutVault, ...useCases]),
  main('app', ['src-shared', 'src-main']),

  page('api', shared),
  page('styles', []),
  page('ui', [...shared, 'src-renderer/styles']),
  page('state', [...shared, 'src-renderer/api', 'src-renderer/ui']),
  page('features/*', [...shared, 'src-renderer/api', 'src-renderer/ui', 'src-renderer/state']),
  page('app', ['src-shared', 'src-renderer']),
  page('', ['src-shared', 'src-renderer']),

  // The stand-in server shares no rule with the product, or both could be wrong together.
  { folder: 'tests/support/thehive', may: [], node: true },
  { folder: 'build/browser-runtime', may: [], node: true },
]

/** Where a package may be imported. One that is not listed here fails the test: each takes a conscious decision. */
export const packageOwners: Readonly<Record<string, readonly string[]>> = {
  'better-sqlite3': ['src-main/store'],
  keytar: ['src-main/vault'],
  undici: ['src-main/thehive'],
  '@zip.js/zip.js': ['src-main/platform'],
  'form-data': ['src-main/thehive'],
  electron: ['src-main/app', 'src-main/shell', 'src-main/ipc', 'src-preload'],
  zod: ['src-shared', 'src-main'],
  'node-diff3': ['src-main/domain', 'src-renderer'],
  uuid: ['src-shared', 'src-main'],
  tldts: ['src-main/intake'],
  svelte: ['src-renderer'],
  'svelte-sonner': ['src-renderer'],
  'bits-ui': ['src-renderer'],
  virtua: ['src-renderer'],
  dompurify: ['src-renderer'],
  'markdown-it': ['src-renderer'],
  'fuse.js': ['src-renderer'],
  '@lucide/svelte': ['src-renderer'],
  '@fontsource-variable/inter': ['src-renderer'],
  '@fontsource-variable/jetbrains-mono': ['src-renderer'],
  ws: ['build/browser-runtime'],
  busboy: ['tests/support/thehive'],
  ajv: ['tests/support/thehive'],
  'ajv-formats': ['tests/support/thehive'],
  yaml: ['tests/support/thehive'],
}
