import { rmSync } from 'node:fs'
import type { AppInfo } from '#shared/contract/app-calls.ts'
import type { Handlers } from '../ipc/handlers.ts'
import { systemClock } from '../platform/clock.ts'
import type { ProfileRegistry } from '../services/profile-registry.ts'
import { outboxFileName } from '../services/export-outbox.ts'
import { receiptsName } from '../services/receipt-file.ts'
import type { SaveRequest } from '../services/save-file.ts'
import { isOutboxKey } from '../store/is-outbox-key.ts'
import { createProfileRecovery } from '../vault/profile-recovery.ts'
import { createProfileSecrets } from '../vault/profile-secrets.ts'
import type { VaultService } from '../vault/vault-service.ts'
import { v7 as newId } from 'uuid'
import type { CoreClient } from './core-client.ts'
import { profileHandlers } from './profile-handlers.ts'

export type HandlerParts = {
  core: CoreClient
  registry: ProfileRegistry
  /** There once the first look for a keychain has ended: what needs secrets waits for it, the window does not. */
  vault: Promise<VaultService>
  info: AppInfo
  /** Where to save a file of this name; undefined when the analyst thinks better of it. */
  askSavePath: (name: string) => Promise<string | undefined>
}

/** Every call of the contract and what answers it. */
export function allHandlers({ core, registry, vault, info, askSavePath }: HandlerParts): Handlers {
  const runId = newId()
  const save = async (request: SaveRequest) => {
    const path = await askSavePath(await core.nameToSave(request))
    return path === undefined ? null : core.saveFile({ ...request, path })
  }
  dropForgottenRuns(registry)
  // A key that is forgotten at the end of the run must not meet files of an earlier one.
  const folderOf = async (id: string) =>
    registry.folderOf((await vault).durable() ? id : `${id}${thisRunMark}${runId}`)
  const secrets = createProfileSecrets(vault, folderOf)
  const parts = { vault, secrets, folderOf, opens: isOutboxKey, now: systemClock.now }
  const recovery = createProfileRecovery(parts)
  return {
    'app.info': () => Promise.resolve(info),
    'vault.status': async () => (await vault).status(),
    'vault.retry': async () => (await vault).retry(),
    'vault.setPassphrase': async ({ passphrase }) => (await vault).setPassphrase(passphrase),
    'vault.unlock': async ({ passphrase }) => (await vault).unlock(passphrase),
    'vault.keepForThisRun': async () => (await vault).keepForThisRun(),
    'vault.recoveryOf': async ({ profileId }) => ({
      madeAt: (await recovery.madeAt(registry.find(profileId).id)) ?? null,
    }),
    'vault.makeRecoveryKey': ({ profileId }) => recovery.make(registry.find(profileId).id),
    'vault.keepRecoveryKey': ({ profileId, code }) => recovery.keep(registry.find(profileId).id, code),
    ...profileHandlers({
      ...{ registry, core, newId, secrets, recovery, folderOf },
      now: systemClock.now,
    }),
    'observables.save': save,
    'attachments.save': save,
    'strays.save': ({ id, as }) => save({ strayId: id, as }),
    'outbox.exportReceipts': async ({ format }) => {
      const path = await askSavePath(receiptsName(format, systemClock.now()))
      return path === undefined ? null : core.exportReceipts({ format, path })
    },
    'outbox.export': async ({ passphrase }) => {
      const path = await askSavePath(outboxFileName(systemClock.now()))
      return path === undefined ? null : core.exportOutbox({ passphrase, path, forager: info.version })
    },
    ...core.handlers,
  }
}

const thisRunMark = '-this-run-'

/** What earlier runs kept for themselves only: their keys are gone, so nobody can ever read it again. */
function dropForgottenRuns(registry: ProfileRegistry): void {
  for (const folder of registry.folders().filter((name) => name.includes(thisRunMark)))
    rmSync(registry.folderOf(folder), { recursive: true, force: true })
}
