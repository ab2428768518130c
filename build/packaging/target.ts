import { parseArgs } from 'node:util'

export const packagePlatforms = ['linux', 'mac', 'win'] as const
export type PackagePlatform = (typeof packagePlatforms)[number]
export const packageArchs = ['x64', 'arm64'] as const
export type PackageArch = (typeof packageArchs)[number]

/** What a package runs on. `node` is the name Node, Electron and prebuilt binaries use for the platform. */
export type Target = { platform: PackagePlatform; arch: PackageArch; node: NodePlatform }
export type NodePlatform = 'linux' | 'darwin' | 'win32'

export type PackageOptions = {
  target: Target
  /** Assemble the application folder only; no installers, no tools to fetch. */
  dirOnly: boolean
  /** A folder with Electron unpacked, or with its release zips. Undefined: the one in node_modules. */
  electronDist: string | undefined
  /** An existing build to package. Undefined: build first, into `out`. */
  built: string | undefined
  /** Where packages go. */
  outputDir: string
}

const nodeNames: Record<PackagePlatform, NodePlatform> = { linux: 'linux', mac: 'darwin', win: 'win32' }

/** Throws on unknown options and on a platform or processor Forager is not built for. */
export function readPackageOptions(args: readonly string[]): PackageOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      dir: { type: 'boolean', default: false },
      'electron-dist': { type: 'string' },
      built: { type: 'string' },
      out: { type: 'string', default: 'release' },
      platform: { type: 'string', default: hostPlatform() },
      arch: { type: 'string', default: process.arch },
    },
  })
  const platform = oneOf(packagePlatforms, values.platform, '--platform')
  const arch = oneOf(packageArchs, values.arch, '--arch')
  return {
    target: { platform, arch, node: nodeNames[platform] },
    dirOnly: values.dir,
    electronDist: values['electron-dist'],
    built: values.built,
    outputDir: values.out,
  }
}

function hostPlatform(): string {
  const known = packagePlatforms.find((platform) => nodeNames[platform] === process.platform)
  return known ?? process.platform
}

function oneOf<T extends string>(known: readonly T[], value: string, option: string): T {
  const found = known.find((name) => name === value)
  if (found === undefined) throw new Error(`${option} is one of ${known.join(', ')}, not ${value}`)
  return found
}
