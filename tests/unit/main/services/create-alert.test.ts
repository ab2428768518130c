import { describe, expect, it } from 'vitest'
import { createAlert } from '#main/services/create-alert.ts'
import { anAlert, anInput, plainMarks } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'

const takeIn = (path: string) =>
  Promise.resolve({
    ...{ id: `s-${path}`, name: path, size: 8, sha256: 'ab', contentType: 'text/plain' },
    ...{ iv: '', tag: '', createdAt: 1 },
  })

const given = {
  input: anInput(),
  values: [
    { dataType: 'ip', data: '192.0.2.1' },
    { dataType: 'ip', data: '192.0.2.1' },
  ],
  marks: { ...plainMarks, ioc: true },
  paths: ['note.txt'],
}

describe('createAlert', () => {
  it('is one decision with everything in it, each value once, under the marks given', async () => {
    const { context, outbox } = servicesRig({})
    const { alertId, files } = await createAlert(given, { ...context, takeIn })
    expect(files).toMatchObject([{ name: 'note.txt', size: 8 }])
    expect(outbox.operations).toMatchObject([
      {
        kind: 'alert.create',
        alertId,
        payload: {
          values: [{ data: '192.0.2.1', marks: { ioc: true } }],
          files: [{ specimenId: 's-note.txt', marks: { ioc: true } }],
        },
      },
    ])
    expect(outbox.operations).toHaveLength(1)
  })

  it('where a server takes an alert alone, what it brings along follows it', async () => {
    const capabilities = { cannot: { createWithObservables: 'alone only' } }
    const { context, outbox } = servicesRig({ capabilities })
    const { groupId } = await createAlert(given, { ...context, takeIn })
    const [create, ...rest] = outbox.operations
    expect(create).toMatchObject({ kind: 'alert.create', payload: { values: [], files: [] } })
    expect(rest).toMatchObject([
      { kind: 'observable.add-values', dependsOn: [create!.id], groupId },
      { kind: 'observable.add-file', dependsOn: [create!.id], groupId },
    ])
  })

  it('without marks takes those of the alert', async () => {
    const { context, outbox } = servicesRig({})
    const input = anInput({ tlp: 'red', pap: 'green' })
    await createAlert({ ...given, input, marks: undefined }, { ...context, takeIn })
    expect(outbox.operations).toMatchObject([
      { payload: { values: [{ marks: { tlp: 'red', pap: 'green' } }] } },
    ])
  })

  it('refuses the twin of one that is here or still waits, before any file is taken in', async () => {
    const here = servicesRig({ alerts: [anAlert({ sourceRef: 'ref-7' })] })
    const never = () => Promise.reject(new Error('taken in'))
    await expect(createAlert(given, { ...here.context, takeIn: never })).rejects.toMatchObject({
      details: { twinId: '~1' },
    })
    const { context } = servicesRig({})
    const { alertId } = await createAlert({ ...given, paths: [] }, { ...context, takeIn })
    await expect(createAlert(given, { ...context, takeIn: never })).rejects.toMatchObject({
      details: { twinId: alertId },
    })
  })

  it.each([
    ['externalLink', { externalLink: 'https://a.example' }],
    ['alertCustomFields', { customFields: [{ name: 'unit', type: 'string', value: 'north' }] }],
  ] as const)('refuses what the server has no place for: %s', async (ability, over) => {
    const { context } = servicesRig({ capabilities: { cannot: { [ability]: 'No place.' } } })
    const wish = createAlert({ ...given, input: anInput({ ...over } as never) }, { ...context, takeIn })
    await expect(wish).rejects.toMatchObject({ message: 'No place.' })
  })
})
