import { extractFile, listPackage, statFile } from '@electron/asar'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The files of an archive, without their folders, as `a/b.js`; sorted. */
export function archiveFiles(archive: string): string[] {
  return listPackage(archive, { isPack: false })
    .map((name) => name.replaceAll('\\', '/').slice(1))
    .filter((name) => !('files' in statFile(archive, name)))
    .sort()
}

/** The files that lie beside the archive instead of in it, checked to be there. */
export function unpackedFiles(archive: string): string[] {
  return archiveFiles(archive)
    .filter((name) => 'unpacked' in statFile(archive, name))
    .filter((name) => existsSync(join(`${archive}.unpacked`, name)))
}

export const archivedText = (archive: string, name: string): string =>
  extractFile(archive, name).toString('utf8')

export type Manifest = {
  main: string
  desktopName?: string
  dependencies: Record<string, string>
  devDependencies?: unknown
}

export const archivedManifest = (archive: string): Manifest =>
  JSON.parse(archivedText(archive, 'package.json')) as Manifest
