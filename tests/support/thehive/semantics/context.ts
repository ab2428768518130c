import { createHash } from 'node:crypto'
import { forbidden, notFound } from '../state/errors.ts'
import type { HiveState } from '../state/hive-state.ts'
import type { ServerKind } from '../state/server-kind.ts'
import type { Space } from '../state/space.ts'
import type { Actor, Alert, Case, Comment, Observable, Procedure } from '../state/types.ts'

/** What a rule works with: the state, the asking organisation's part of it, and the book of effects. */
export type Context = {
  /** Which TheHive this is; the same as `state.server`. */
  server: ServerKind
  state: HiveState
  space: Space
  actor: Actor
  /** Tells the request in the audit trail. */
  requestId: string
  /** Notes that the write called `key` took hold; a repeated key counts again. */
  effect: (key: string) => void
}

export function requirePermission(context: Context, permission: string): void {
  if (context.actor.permissions.has(permission)) return
  throw context.server.flavour === 'thehive3'
    ? forbidden('Insufficient rights to perform this action')
    : forbidden()
}

/** Finds by `~id` or by the name form `type;source;sourceRef`. */
export function findAlert(context: Context, idOrName: string): Alert {
  const alert = seekAlert(context, idOrName)
  if (!alert) throw notFound('Alert not found')
  return alert
}

export function seekAlert(context: Context, idOrName: string): Alert | undefined {
  if (idOrName.startsWith('~')) {
    const alert = context.state.find('alert', idOrName)
    return alert?.organisation === context.actor.organisation ? alert : undefined
  }
  const parts = idOrName.split(';')
  return parts.length === 3 ? context.space.alertByReference.get(JSON.stringify(parts)) : undefined
}

/** Finds by `~id` or by the case's number. */
export function findCase(context: Context, idOrNumber: string): Case {
  const found = seekCase(context, idOrNumber)
  if (!found) throw notFound('Case not found')
  return found
}

export function seekCase(context: Context, idOrNumber: string): Case | undefined {
  const found = /^\d+$/.test(idOrNumber)
    ? context.state.caseByNumber.get(Number(idOrNumber))
    : context.state.find('case', idOrNumber)
  return found?.organisation === context.actor.organisation ? found : undefined
}

type Child = { observable: Observable; comment: Comment; procedure: Procedure }

export function seekChild<K extends keyof Child>(
  context: Context,
  kind: K,
  id: string,
): Child[K] | undefined {
  const child = context.state.find(kind, id) as Child[K] | undefined
  return child?.parent.organisation === context.actor.organisation ? child : undefined
}

/** An observable, comment or procedure of an alert or case of the actor's organisation. */
export function findChild<K extends keyof Child>(context: Context, kind: K, id: string): Child[K] {
  const child = seekChild(context, kind, id)
  if (!child) throw notFound(`${kind.replace(/^./, (letter) => letter.toUpperCase())} ${id} not found`)
  return child
}

/** A value short enough for an effect's key: itself, or its hash. */
export function keyText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length <= 80 ? text : `sha256:${sha256(text)}`
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
