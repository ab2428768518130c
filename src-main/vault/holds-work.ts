import { existsSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { recoveryPath } from './recovery-file.ts'

/** Whether a profile's folder holds what only the key opens that it was made with: a database of any age, or that key itself. */
export function holdsWork(folder: string): boolean {
  if (!existsSync(folder)) return false
  const ofRecovery = basename(recoveryPath(folder))
  return readdirSync(folder).some((name) => name.endsWith('.sqlite') || name === ofRecovery)
}
