import { writeSync } from 'node:fs'
import { toErrorData } from '#shared/errors/convert.ts'

/** Says a line at once: whoever listens knows that it was said before whatever follows. */
export function say(line: string): void {
  writeSync(1, `${line}\n`)
}

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
