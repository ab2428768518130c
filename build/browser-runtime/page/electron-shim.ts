/**
 * Runs in the page, before its scripts: what a sandboxed preload may `require('electron')`. Its types are stripped and it
 * is served as it stands, so it imports nothing. The language's own functions are taken once, before the page can replace them.
 */
export function createElectronShim() {
  const { parse, stringify } = JSON
  const Socket = WebSocket
  const Xhr = XMLHttpRequest
  type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void }
  const waiting = new Map<number, Waiting>()
  const listeners = new Map<string, ((event: object, ...args: unknown[]) => void)[]>()
  const uploaded: string[] = []
  let nextId = 1
  let open = connect()

  function connect(): Promise<WebSocket> {
    return new Promise((resolve, reject) => {
      const socket = new Socket(`ws://${location.host}/__runtime/socket`)
      socket.addEventListener('open', () => resolve(socket))
      socket.addEventListener('message', ({ data }) => receive(String(data)))
      socket.addEventListener('close', () => {
        const gone = new Error('Forager has been closed')
        reject(gone)
        for (const { reject: fail } of waiting.values()) fail(gone)
        waiting.clear()
        setTimeout(reconnect, 1_000)
      })
    })
  }

  function reconnect(): void {
    open = connect()
    // Whoever calls next is told; a connection nobody waits for fails in silence and is tried again.
    open.catch(() => undefined)
  }

  function receive(text: string): void {
    const frame = parse(text) as {
      id?: number
      value?: unknown
      error?: string
      channel?: string
      args?: unknown[]
    }
    if (frame.id === undefined) {
      for (const listener of listeners.get(frame.channel ?? '') ?? []) listener({}, ...(frame.args ?? []))
      return
    }
    const entry = waiting.get(frame.id)
    waiting.delete(frame.id)
    if (frame.error === undefined) entry?.resolve(frame.value)
    else entry?.reject(new Error(frame.error))
  }

  async function invoke(channel: string, ...args: unknown[]): Promise<unknown> {
    // The files named by this call: once it has been answered, their copies are no longer needed.
    const release = uploaded.splice(0)
    const socket = await open
    const id = nextId++
    const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
    socket.send(stringify({ id, channel, args }))
    try {
      return await answer
    } finally {
      if (release.length > 0) socket.send(stringify({ release }))
    }
  }

  /** Synchronous, as Electron's is; the browser streams the file from disk meanwhile. */
  function getPathForFile(file: File): string {
    const request = new Xhr()
    request.open('POST', '/__runtime/upload', false)
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name))
    try {
      request.send(file)
    } catch {
      return '' // The browser could not read it: vanished or forbidden. Electron's answer for a file without a place.
    }
    if (request.status !== 200) return ''
    uploaded.push(request.responseText)
    return request.responseText
  }

  /** Electron's shell is asked before its page leaves; here the page asks in its stead. */
  function guardNavigation(): void {
    navigation.addEventListener('navigate', (event) => {
      if (event.hashChange || event.destination.sameDocument || !event.cancelable) return
      const request = new Xhr()
      request.open('POST', `/__runtime/navigate?to=${encodeURIComponent(event.destination.url)}`, false)
      request.send()
      if (request.responseText !== 'yes') event.preventDefault()
    })
  }

  guardNavigation()
  open.catch(() => undefined)
  return {
    contextBridge: {
      exposeInMainWorld: (name: string, value: object) =>
        Object.defineProperty(window, name, {
          value,
          enumerable: true,
          writable: false,
          configurable: false,
        }),
    },
    ipcRenderer: {
      invoke,
      on: (channel: string, listener: (event: object, ...args: unknown[]) => void) =>
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
    },
    webUtils: { getPathForFile },
  }
}
