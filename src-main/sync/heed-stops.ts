import { ForagerError } from '#shared/errors/forager-error.ts'
import type { AlertWriting, Cases, ChildWriting, ObservableWriting, TheHiveServer } from '../thehive/port.ts'

type Writing =
  | keyof AlertWriting
  | Exclude<keyof ObservableWriting, 'download'>
  | Exclude<keyof ChildWriting, 'downloadAttachment'>
  | Extract<keyof Cases, 'createCase' | 'updateCase'>

/** Every call that changes something on the server. */
const writes: Record<Writing, true> = {
  ...{ createAlert: true, updateAlert: true, updateAlerts: true, deleteAlert: true, deleteAlerts: true },
  ...{ markRead: true, follow: true, promote: true, merge: true, mergeMany: true, importInto: true },
  ...{ unlink: true, addValues: true, addFile: true, updateObservable: true, updateObservables: true },
  ...{ deleteObservable: true, addComment: true, editComment: true, deleteComment: true },
  ...{ addProcedure: true, editProcedure: true, deleteProcedure: true, addAttachment: true },
  ...{ deleteAttachment: true, createCase: true, updateCase: true },
}

/**
 * The server for one parcel: between the look at it and what is sent after that, the server may ask for a pause, or the analyst work
 * offline. Then nothing more leaves, and what did not leave is told as that.
 */
export function heedStops(server: TheHiveServer, isStopped: () => boolean): TheHiveServer {
  let left = false
  const heeding =
    (write: (...args: unknown[]) => Promise<unknown>) =>
    (...args: unknown[]): Promise<unknown> => {
      if (isStopped()) return Promise.reject(stopped(left))
      left = true
      return write.apply(server, args)
    }
  return new Proxy(server, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name)
      return Object.hasOwn(writes, name) ? heeding(value as Parameters<typeof heeding>[0]) : value
    },
  })
}

/** `left`: a part of it is on the server already. */
const stopped = (left: boolean): ForagerError =>
  new ForagerError('cancelled', 'Nothing more is sent just now.', { details: { sent: left } })
