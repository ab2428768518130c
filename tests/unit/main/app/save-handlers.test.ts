import { expect, it } from 'vitest'
import { allHandlers } from '#main/app/handlers.ts'
import type { HandlerParts } from '#main/app/handlers.ts'

/** The handlers over a core that only says what it was asked; the analyst saves under `path`, or thinks better of it. */
function rig(path: string | undefined) {
  const asked: unknown[] = []
  const core = {
    handlers: {},
    nameToSave: (request: unknown) => Promise.resolve(`name of ${JSON.stringify(request)}`),
    saveFile: (request: object) => {
      asked.push(request)
      return Promise.resolve({ path, size: 1 })
    },
  }
  const offered: string[] = []
  const askSavePath = (name: string) => {
    offered.push(name)
    return Promise.resolve(path)
  }
  const parts = { core, registry: { folders: () => [] }, vault: Promise.resolve({}), info: {}, askSavePath }
  return { asked, offered, handlers: allHandlers(parts as unknown as HandlerParts) }
}

it.each([
  [
    'observables.save',
    { id: '~1', observableId: '~o', as: 'zip' },
    { id: '~1', observableId: '~o', as: 'zip' },
  ],
  ['attachments.save', { id: '~1', attachmentId: '~f' }, { id: '~1', attachmentId: '~f' }],
  ['strays.save', { id: 's1', as: 'file' }, { strayId: 's1', as: 'file' }],
] as const)(
  '%s saves where the analyst says, under the name that is offered',
  async (name, input, request) => {
    const { asked, offered, handlers } = rig('/home/ana/file')
    expect(await handlers[name](input as never)).toEqual({ path: '/home/ana/file', size: 1 })
    expect(offered).toEqual([`name of ${JSON.stringify(request)}`])
    expect(asked).toEqual([{ ...request, path: '/home/ana/file' }])
  },
)

it('nothing is saved where they think better of it', async () => {
  const { asked, handlers } = rig(undefined)
  expect(await handlers['strays.save']({ id: 's1', as: 'file' })).toBeNull()
  expect(asked).toEqual([])
})
