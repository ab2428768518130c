import { contract } from '#shared/contract/contract.ts'
import type { CallName } from '#shared/contract/contract.ts'
import type { CallDefinition } from '#shared/contract/define.ts'
import { requestSchema } from '#shared/contract/envelope.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { wellFormed } from '#shared/util/well-formed.ts'
import type { CallsInFlight } from './calls-in-flight.ts'
import type { Handlers } from './handlers.ts'
import { withTimeout } from './with-timeout.ts'

export type AnswerOptions = {
  handlers: Handlers
  inFlight: CallsInFlight
  /** Parse what handlers answer too: on while developing and testing, off in the packaged app. */
  checkOutputs: boolean
}

/** One call from message to value: parse, run within its time, check. Throws typed errors. */
export async function answerCall(message: unknown, options: AnswerOptions): Promise<unknown> {
  const { name, input } = readRequest(message)
  const definition: CallDefinition = contract[name]
  const parsed = parseInput(name, definition, input)
  if (!options.inFlight.open) throw new ForagerError('cancelled', 'Forager is closing')
  const handler = options.handlers[name] as (input: unknown) => Promise<unknown>
  const work = options.inFlight.track(Promise.try(() => handler(parsed)))
  const value = await withTimeout(name, definition.timeoutMs, work)
  if (options.checkOutputs) checkOutput(name, definition, value)
  return value
}

function readRequest(message: unknown): { name: CallName; input: unknown } {
  const request = requestSchema.safeParse(message)
  if (!request.success) throw new ForagerError('bug', 'The page and Forager do not speak the same protocol')
  const { name, input } = request.data
  if (!Object.hasOwn(contract, name))
    throw new ForagerError('bug', 'The page asked for a call that does not exist')
  return { name: name as CallName, input }
}

function parseInput(name: CallName, definition: CallDefinition, input: unknown): unknown {
  const parsed = definition.input.safeParse(input)
  if (parsed.success) return wellFormed(parsed.data)
  // Names and rules only: the value itself may be a secret.
  const issue = parsed.error.issues[0]
  const where = issue === undefined || issue.path.length === 0 ? 'input' : issue.path.map(String).join('.')
  throw new ForagerError('unexpected-shape', `${name} was refused: ${where} is not valid`, {
    details: { call: name, where, rule: issue?.code ?? 'unknown' },
  })
}

function checkOutput(name: CallName, definition: CallDefinition, value: unknown): void {
  const parsed = definition.output.safeParse(value)
  if (parsed.success) return
  const issue = parsed.error.issues[0]
  const where = issue?.path.map(String).join('.') ?? ''
  throw new ForagerError(
    'bug',
    `${name} answered what its contract does not allow (${where}: ${issue?.message})`,
  )
}
