import { LinuxTargetHelper } from 'app-builder-lib/out/targets/LinuxTargetHelper.js'
import { packagingConfig } from '../../../build/packaging/electron-builder.config.ts'

type Packager = ConstructorParameters<typeof LinuxTargetHelper>[0]

/** The launcher an installer for Linux would bring, as electron-builder writes it for a package of this manifest. */
export async function launcherOf(metadata: { desktopName?: string | undefined }) {
  const config = packagingConfig({
    target: { platform: 'linux', arch: 'x64', node: 'linux' },
    ...{ electronDist: '', buildDir: '', outputDir: '' },
  })
  const { productName } = config
  const packager = {
    ...{ config, platformSpecificBuildOptions: config.linux, executableName: config.linux?.executableName },
    ...{ info: { metadata }, appInfo: { productName, description: '' }, fileAssociations: [] },
  } as unknown as Packager
  const helper = new LinuxTargetHelper(packager)
  return {
    fileName: helper.getDesktopFileName(),
    entry: await helper.computeDesktopEntry(config.linux ?? {}, 'forager'),
  }
}
