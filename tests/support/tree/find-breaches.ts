import { layers, packageOwners } from '../layers.ts'
import type { Layer } from '../layers.ts'
import type { Import } from './source-imports.ts'

/** The row for a file, and the folder it stands for there: `*` filled in. */
export function placeOf(file: string): { layer: Layer; folder: string } | undefined {
  const places = layers.flatMap((layer) => {
    const pattern = `^${layer.folder.replaceAll('*', '[^/]+')}(?=/)`
    const folder = new RegExp(pattern).exec(file)?.[0]
    return folder === undefined ? [] : [{ layer, folder }]
  })
  // The whole renderer is a row for its own entry only, not for folders nobody has listed.
  const entry = file.split('/').length === 2
  return places
    .filter(({ layer }) => layer.folder !== 'src-renderer' || entry)
    .sort((left, right) => right.folder.length - left.folder.length)[0]
}

/** What is wrong with one import, in words; undefined when nothing is. */
export function breachOf(file: string, used: Import): string | undefined {
  const place = placeOf(file)
  if (place === undefined) return `${file} lies in a folder that tests/support/layers.ts does not list`
  const { layer, folder } = place
  if (used.kind === 'node')
    return layer.node ? undefined : `${file} imports ${used.name}: ${folder} runs without Node`
  if (used.kind === 'package') return packageBreach(file, used.name)
  const allowed = [folder, ...layer.may].some((below) => used.path.startsWith(`${below}/`))
  return allowed ? undefined : `${file} imports ${used.path}: ${folder} may not`
}

function packageBreach(file: string, name: string): string | undefined {
  const owners = packageOwners[name]
  if (owners === undefined) return `${file} imports ${name}, which tests/support/layers.ts does not list`
  if (owners.some((owner) => file.startsWith(`${owner}/`))) return undefined
  return `${file} imports ${name}: only ${owners.join(', ')} may`
}
