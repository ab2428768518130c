import type { FileCall } from '#shared/contract/api.ts'
import type { FileOutcome } from '#shared/contract/alert-calls.ts'
import type { CallInput } from '#shared/contract/contract.ts'
import type { FakeCalls } from './fake-calls.ts'
import type { FakeState } from './fake-state.ts'

const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

const outcomeOf = (file: File): FileOutcome =>
  file.name.startsWith('gone')
    ? { name: file.name, refused: 'the file vanished before it could be read' }
    : { name: file.name, size: file.size, sha256 }

/** The calls that files go with. */
export async function answerFiles(
  name: FileCall,
  input: unknown,
  files: readonly File[],
  parts: { state: FakeState; calls: FakeCalls },
): Promise<unknown> {
  const outcomes = files.map(outcomeOf)
  if (name === 'alerts.create') {
    const created = await parts.calls['alerts.create']?.(input as CallInput<'alerts.create'>)
    return { ...created, files: outcomes }
  }
  const { id } = input as { id: string }
  const now = Date.now()
  const taken = files.filter((file) => !file.name.startsWith('gone'))
  const common = (file: File) => ({
    ...{ name: file.name, size: file.size, contentType: file.type || 'application/octet-stream', sha256 },
  })
  const own = (index: number) => ({
    id: `local:f${now}-${index}`,
    createdAt: now,
    createdBy: 'ana',
    pending: true,
  })
  const groupId =
    name === 'triage.addAttachments'
      ? parts.state.decide(
          [id],
          'attachment.add',
          'Attach files',
          () => ({}),
          (detail) => ({
            ...detail,
            attachments: [
              ...detail.attachments,
              ...taken.map((file, at) => ({ ...own(at), ...common(file) })),
            ],
          }),
        )
      : parts.state.decide(
          [id],
          'observable.add-file',
          'Add files',
          () => ({}),
          (detail) => ({
            ...detail,
            observables: [
              ...detail.observables,
              ...taken.map((file, at) => ({
                ...{ ...own(at), dataType: 'file', attachment: common(file), tags: [], ioc: false },
                ...{ tlp: 'amber' as const, pap: 'amber' as const, sighted: false, ignoreSimilarity: false },
              })),
            ],
          }),
        )
  return { groupId, count: files.length, files: outcomes }
}
