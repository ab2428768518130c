import type { Plan } from '../proxy/fault-proxy.ts'
import { faults, impostor } from '../proxy/faults.ts'
import type { Fault } from '../proxy/faults.ts'
import type { ChoosePlans, Undisturbed } from './run-kind.ts'

/** Only requests that can be told apart can be refused by their kind; the others are known by their number. */
const atTheWrite = (fault: Fault, { firstWrite }: Undisturbed, lasting: boolean): Plan => ({
  ...{ fault, lasting },
  from: fault.strike === undefined ? firstWrite : 'write',
})

/** Each fault once at the write; and one in so many lasts, from a request drawn at random. */
export const quickPlans =
  (random: () => number, oneInLasts: number): ChoosePlans =>
  (undisturbed) => {
    const lasting = faults
      .filter(() => random() * oneInLasts < 1)
      .map((fault) => ({ fault, from: Math.floor(random() * undisturbed.requests), lasting: true }))
    return [...faults.map((fault) => atTheWrite(fault, undisturbed, false)), ...lasting]
  }

const otherRequests = ({ requests, firstWrite }: Undisturbed): number[] =>
  Array.from({ length: requests }, (_, at) => at).filter((at) => at !== firstWrite)

/** Each fault at each request of a round, there alone and from there on. */
export const everyPlan: ChoosePlans = (undisturbed) =>
  faults.flatMap((fault) =>
    [false, true].flatMap((lasting) => [
      atTheWrite(fault, undisturbed, lasting),
      ...otherRequests(undisturbed).map((from) => ({ fault, from, lasting })),
    ]),
  )

export const impostorPlans: ChoosePlans = () => [{ fault: impostor, from: 0, lasting: true }]
