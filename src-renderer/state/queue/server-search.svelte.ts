import { answerWords } from '../../ui/format/server-answer.ts'
import type { Api } from '../api-port.ts'
import type { Problems } from '../problems.svelte.ts'
import type { ProfileState } from '../profile.svelte.ts'
import type { QueueState } from './queue.svelte.ts'

type Parts = { api: Api; queue: QueueState; profile: ProfileState; problems: Problems }

/** Sends the filter in force to the server; what it finds comes as rows, and what is behind the answer is said. */
export class ServerSearch {
  asking = $state(false)
  #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** A failure is thrown to the caller. While one question is on its way, another is not asked. */
  async ask(): Promise<void> {
    if (this.asking) return
    const { api, queue, profile, problems } = this.#parts
    const { filter, sort } = queue
    const id = profile.open?.profile.id
    this.asking = true
    try {
      const { said, more } = answerWords(await api.call('queue.askServer', { filter, sort }))
      if (profile.open?.profile.id === id) problems.tell(said, more)
    } finally {
      this.asking = false
    }
  }
}
