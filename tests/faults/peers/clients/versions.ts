import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const modules = join(import.meta.dirname, '../../../../node_modules')
const manifest = (name: string): string => join(modules, name, 'package.json')

/** The packages a peer is made of. */
export const packages = ['@tanstack/offline-transactions', '@tanstack/db', 'p-queue', 'p-retry'] as const

export const missingPackages = (): string[] => packages.filter((name) => !existsSync(manifest(name)))

export function versionOf(name: string): string {
  return (JSON.parse(readFileSync(manifest(name), 'utf8')) as { version: string }).version
}
