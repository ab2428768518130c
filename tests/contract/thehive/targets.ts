import type { OpenTarget } from './harness.ts'
import { thehive5 } from './open-v1.ts'

/** Every server Forager is held to. One that has no adapter or no stand-in yet is left out, not faked. */
export const targets: readonly OpenTarget[] = [...['5.1.9', '5.2.0', '5.6.2', '5.7.1', '5.8.0'].map(thehive5)]
