import type { OpenTarget } from './harness.ts'
import { thehive3, thehive4 } from './open-older.ts'
import { thehive5 } from './open-v1.ts'

/** Every server Forager is held to. One that has no adapter or no stand-in yet is left out, not faked. */
export const targets: readonly OpenTarget[] = [
  thehive3('3.5.2'),
  thehive4('4.1.24'),
  ...['5.1.9', '5.2.0', '5.6.2', '5.7.1', '5.8.0'].map(thehive5),
]
