import type { ConflictChoice } from '#shared/model/conflict-choice.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { OperationEdit } from '#shared/model/operation-edit.ts'
import { editOperation } from '#main/services/edit-operation.ts'
import { reversalPlan, reverseSent } from '#main/services/reverse-sent.ts'
import {
  holdOperations,
  moveOperation,
  resumeOperations,
  sendOperations,
} from '#main/services/steer-outbox.ts'
import type { Analyst } from './analyst/analyst.ts'
import { at, attempt } from './attempt.ts'
import type { Stage } from './attempt.ts'
import type { Step } from './script.ts'

type Do<W extends Step['do']> = Extract<Step, { do: W }>

/** A waiting decision is changed before it is sent. */
export function editOne({ pick, value }: Do<'edit'>, analyst: Analyst, stage: Stage): void {
  const one = at(analyst.account.pending(), pick)
  const edit = one && editOf(one, value, analyst.login)
  const { running } = analyst
  if (edit === undefined || running === undefined) return
  void attempt(() => editOperation({ id: one?.id ?? '', edit }, running.context), analyst, stage)
}

/** Another value of the same, or of another field. */
function editOf({ kind, payload }: Operation, value: number, login: string): OperationEdit | undefined {
  const changes = [
    { severity: ((value % 4) + 1) as 1 | 2 | 3 | 4 },
    { title: `edited ${value % 3}` },
    { description: `edited ${value % 3}`, severity: 4 as const },
    { addTags: [`tag-${value % 4}`] },
  ]
  const message = `edited by ${login} ${value % 5}`
  const marks = { tlp: 'red', pap: 'green', tags: [`tag-${value % 4}`], ioc: true, sighted: false } as const
  switch (kind) {
    case 'alert.create': {
      const { type, source, sourceRef } = payload.input
      return { kind, key: { type, source, sourceRef: `${sourceRef} ${value % 3}` } }
    }
    case 'observable.add-values':
    case 'observable.add-file':
      return { kind, marks: { ...marks, tags: [...marks.tags] } }
    case 'alert.update':
    case 'case.update':
      return { kind, change: at(changes, Math.floor(value / 4)) ?? {} }
    case 'observable.update':
      return { kind, change: value % 2 === 0 ? { message } : { ioc: value % 4 === 1 } }
    case 'alert.promote':
      return { kind, choices: { title: `promoted ${value % 3}` } }
    case 'comment.add':
    case 'comment.edit':
      return { kind, message }
    default:
      return undefined
  }
}

/** The outbox is steered: one decision waits, goes, or goes before another. */
export async function steerOne({ how, pick }: Do<'steer'>, analyst: Analyst, stage: Stage): Promise<void> {
  const { account, running } = analyst
  const one = at(account.pending(), pick)
  if (one === undefined || running === undefined) return
  const { context } = running
  const { id } = one
  const ways = {
    hold: () => holdOperations([id], context),
    resume: () => resumeOperations({ ids: [id], exported: false }, context),
    send: () => sendOperations([id], context),
    up: () => moveOperation({ id, direction: 'up' }, context),
    down: () => moveOperation({ id, direction: 'down' }, context),
  }
  // Whatever has to go before goes along.
  if (how === 'send') account.pauses.sendNow()
  if (how === 'resume') account.pauses.sendNow(id)
  await attempt(() => Promise.resolve(ways[how]()), analyst, stage)
}

/** What was sent is put back: as decisions of their own. */
export function reverseOne({ pick }: Do<'reverse'>, analyst: Analyst, stage: Stage): void {
  const { account, running } = analyst
  const receipts = [...account.held.operations.values()].filter(({ state }) => state === 'sent')
  const one = at(receipts, pick)
  if (one === undefined || running === undefined) return
  const context = { ...running.context, receipt: (id: string) => running.outbox.get(id) }
  const putBack = async () => {
    const { steps } = await reversalPlan([one.id], context)
    const { groupIds, count } = await reverseSent(
      { ids: [one.id], steps: steps.map(({ id }) => id) },
      context,
    )
    const stored = [...account.entries.values()].filter(({ operation }) =>
      groupIds.includes(operation.groupId),
    )
    if (count > 0 && stored.length === 0)
      stage.ledger.find('lost', `${analyst.login}: what puts ${one.id} back is not on the disk`)
    for (const { operation } of stored) account.acknowledged.add(operation.id)
  }
  void attempt(putBack, analyst, stage)
}

/** The same word for every field, over what is shown just now; what can be written anew is, when it is to be edited. */
export function chosen({ id, kind, conflicts = [] }: Operation, word: 'mine' | 'theirs' | 'edit') {
  const seen = Object.fromEntries(conflicts.map(({ field, theirs }) => [field, theirs]))
  const choice = (field: string): ConflictChoice => {
    if (word !== 'edit') return word
    return kind.endsWith('update') && (field === 'title' || field === 'description')
      ? { edit: 'both at once' }
      : 'mine'
  }
  return { id, seen, choices: Object.fromEntries(conflicts.map(({ field }) => [field, choice(field)])) }
}
