import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Configuration } from 'electron-builder'
import { fuses } from './fuses.ts'
import { nativeModuleExclusions } from './native-modules.ts'
import type { Target } from './target.ts'

export type PackagingRequest = {
  target: Target
  /** Absolute path of the unpacked Electron, or of a folder of its zips. */
  electronDist: string
  /** The built bundles: main, preload and renderer. */
  buildDir: string
  outputDir: string
}

/** The whole of what electron-builder is told. Nothing here reaches for the network: the Electron to use is named. */
export function packagingConfig(request: PackagingRequest): Configuration {
  return {
    appId: 'app.forager.desktop',
    productName: 'Forager',
    copyright: 'Copyright © the Forager contributors',
    directories: { output: request.outputDir, buildResources: 'build/packaging' },
    electronDist: request.electronDist,
    electronFuses: fuses(request.target),
    ...contents(request),
    ...linux,
    ...mac,
    ...windows,
    afterExtract: ({ appOutDir }) => removeDefaultApp(appOutDir, request.target),
    npmRebuild: false,
    publish: null,
  }
}

/** Electron's own welcome app: electron-builder leaves it in a distribution it did not download itself. */
async function removeDefaultApp(appOutDir: string, { platform }: Target): Promise<void> {
  const resources = platform === 'mac' ? 'Electron.app/Contents/Resources' : 'resources'
  await rm(join(appOutDir, resources, 'default_app.asar'), { force: true })
}

/** Source maps stay out: they would carry the sources. Native binaries lie beside the archive, as the system's loader needs. */
function contents({ buildDir, electronDist, target }: PackagingRequest): Configuration {
  return {
    files: [
      'package.json',
      { from: buildDir, to: 'out', filter: ['{main,preload,renderer}/**', '!**/*.map'] },
      '!**/*.map',
      ...nativeModuleExclusions(target),
    ],
    extraResources: [
      { from: 'LICENSE', to: 'LICENSE.txt' },
      ...(target.platform === 'mac' ? electronLicences(electronDist) : []),
    ],
    asar: { smartUnpack: false },
    asarUnpack: ['node_modules/**/*.node'],
    allowMissingDependencies: false,
    extraMetadata: { author: 'The Forager contributors', homepage: 'https://forager.example' },
  }
}

/** Beside Electron.app in its distribution, so not copied with it; elsewhere they come along. */
function electronLicences(electronDist: string): { from: string; to: string }[] {
  return [
    { from: join(electronDist, 'LICENSE'), to: 'LICENSE.electron.txt' },
    { from: join(electronDist, 'LICENSES.chromium.html'), to: 'LICENSES.chromium.html' },
  ].filter(({ from }) => existsSync(from))
}

const linux: Configuration = {
  linux: {
    target: ['AppImage', 'deb', 'rpm'],
    executableName: 'forager',
    icon: 'build/packaging/icons',
    category: 'System',
    synopsis: "Work TheHive's alert queue, online or off",
    maintainer: 'The Forager contributors <contributors@forager.example>',
    desktop: { entry: { Keywords: 'TheHive;SOC;alerts;triage;' } },
    // The launcher is called what Electron calls its windows: the desktopName of package.json.
    syncDesktopName: true,
  },
  /** electron-builder's own list, and the Secret Service library that the keychain needs: it forgets it for rpm. */
  rpm: {
    depends: [
      'gtk3',
      'libnotify',
      'nss',
      'libXScrnSaver',
      '(libXtst or libXtst6)',
      'xdg-utils',
      'at-spi2-core',
      '(libuuid or libuuid1)',
      '(libsecret or libsecret-1-0)',
    ],
  },
}

const mac: Configuration = {
  mac: {
    target: ['dmg', 'zip'],
    icon: 'build/packaging/icons/icon.icns',
    category: 'public.app-category.business',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'build/packaging/entitlements.mac.plist',
    entitlementsInherit: 'build/packaging/entitlements.mac.plist',
  },
}

/** Uninstalling keeps the profiles: they may hold decisions no server has yet. */
const windows: Configuration = {
  win: { target: ['nsis'], icon: 'build/packaging/icons/icon.ico' },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
  },
}
