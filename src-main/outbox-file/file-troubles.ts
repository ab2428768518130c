import { ForagerError } from '#shared/errors/forager-error.ts'

const nothing = 'Nothing was imported.'

export const notSuchAFile = (): ForagerError =>
  new ForagerError('unreadable-file', 'This is not an outbox that Forager exported.', {
    did: nothing,
    next: 'Choose the file whose name ends in .forager-outbox.',
  })

export const newerFile = (): ForagerError =>
  new ForagerError('newer-file', 'This file was made by a newer Forager.', {
    did: nothing,
    next: 'Import it with that version, or a later one.',
  })

export const wrongPassphrase = (): ForagerError =>
  new ForagerError('rejected', 'This is not the passphrase of this file.', {
    did: nothing,
    next: 'Try again with the passphrase that was chosen when it was exported.',
  })

export const cutOff = (): ForagerError =>
  new ForagerError('corrupt', 'This file ends too early: it was not copied whole.', {
    did: nothing,
    next: 'Copy it again from where it was exported to.',
  })

export const damagedFile = (cause?: unknown): ForagerError =>
  new ForagerError('corrupt', 'This file is damaged, or was changed after it was exported.', {
    did: nothing,
    next: 'Copy it again from where it was exported to, or export once more.',
    ...(cause !== undefined && { cause }),
  })
