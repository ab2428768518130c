import { toErrorData } from '#shared/errors/convert.ts'
import { say } from '../rig/say.ts'

/** Runs a step until it is done, `tries` times at most; says `ACK n` or, each time it was refused, `ERR n` with the error. */
export function insistent(tries: number) {
  return (n: number | string, step: () => unknown): void => {
    for (let left = tries; ; left--) {
      try {
        step()
        return say(`ACK ${n}`)
      } catch (thrown) {
        say(`ERR ${n} ${JSON.stringify(toErrorData(thrown))}`)
        if (left <= 1) process.exit(3)
      }
    }
  }
}
