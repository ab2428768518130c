/**
 * `npm run types`: checks every top folder with its own tsconfig, two at a time; the renderer with its components. What the
 * compiler learnt is kept, so that the next check looks only at what a change reaches.
 */
import { join } from 'node:path'
import { ownNode, root, tools } from './lib/paths.mjs'
import { run } from './lib/run.mjs'

const checks = [
  ...['src-main', 'tests', 'build', 'src-shared', 'src-preload'].map((folder) => ({
    folder,
    args: [
      ...[tools.tsc, '-p', join(root, folder, 'tsconfig.json'), '--pretty', 'false'],
      ...[
        '--incremental',
        '--tsBuildInfoFile',
        join(root, 'node_modules/.cache/types', `${folder}.tsbuildinfo`),
      ],
    ],
  })),
  {
    folder: 'src-renderer',
    args: [
      ...[tools.svelteCheck, '--workspace', join(root, 'src-renderer'), '--tsconfig', './tsconfig.json'],
      ...['--output', 'human', '--fail-on-warnings'],
    ],
  },
]

async function worker() {
  for (let check = checks.shift(); check !== undefined; check = checks.shift()) {
    const { code, output } = await run(ownNode, check.args, { capture: true })
    console.log(`${code === 0 ? 'ok' : 'FAILED'}  ${check.folder}`)
    if (code === 0) continue
    console.log(output.trim())
    process.exitCode = 1
  }
}

await Promise.all([worker(), worker()])
