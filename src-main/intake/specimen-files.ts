import { constants } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { ForagerError } from '#shared/errors/forager-error.ts'

/** The `code` of a system error; empty for anything else. */
export function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
}

const reasons: Record<string, string> = {
  ENOENT: 'is no longer there',
  ENOTDIR: 'is no longer there',
  EACCES: 'may not be read by your account',
  EPERM: 'may not be read by your account',
  EISDIR: 'is a folder; drop the files in it',
  ELOOP: 'is a link that leads nowhere',
  EBUSY: 'is in use by another program',
}

/** Why a dropped file cannot be taken, by code. */
export function unreadable(path: string, thrown: unknown): ForagerError {
  if (thrown instanceof ForagerError) return thrown
  const code = codeOf(thrown)
  const reason = reasons[code] ?? 'could not be read to its end'
  return new ForagerError('unreadable-file', `${basename(path)} ${reason}.`, {
    did: 'It was not taken; nothing of it is kept.',
    ...(code !== '' && { details: { code } }),
    cause: thrown,
  })
}

const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** Why the kept copy cannot be written, by code. */
export function unwritable(path: string, thrown: unknown): ForagerError {
  const code = codeOf(thrown)
  if (full.has(code)) {
    return new ForagerError('disk-full', `The disk is full: ${basename(path)} could not be kept.`, {
      did: 'It was not taken; the part already written is removed.',
      next: 'Free some space and drop it again.',
      details: { code },
      cause: thrown,
    })
  }
  return new ForagerError('unreadable-file', `${basename(path)} could not be kept in the profile folder.`, {
    did: 'It was not taken; the part already written is removed.',
    ...(code !== '' && { details: { code } }),
    cause: thrown,
  })
}

/**
 * Opens a regular file for reading.
 * @throws ForagerError `unreadable-file`: gone, not allowed, a folder, or a device or pipe that may never end
 */
export async function openRegular(path: string): Promise<FileHandle> {
  let handle: FileHandle | undefined
  try {
    handle = await openForReading(path)
    const stat = await handle.stat()
    if (stat.isFile()) return handle
    throw stat.isDirectory() ? Object.assign(new Error('folder'), { code: 'EISDIR' }) : notAFile(path)
  } catch (thrown) {
    await handle?.close()
    throw unreadable(path, thrown)
  }
}

/** Without O_NONBLOCK, opening a named pipe would wait for its writer, perhaps for ever. */
function openForReading(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | constants.O_NONBLOCK)
}

function notAFile(path: string): ForagerError {
  return new ForagerError('unreadable-file', `${basename(path)} is not a regular file.`, {
    did: 'It was not taken.',
  })
}

/** Removes what is there; nothing there is fine. */
export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true })
}
