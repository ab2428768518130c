/** Our clock and the server's may differ by this much, ms, before "after we sent it" stops meaning anything. */
export const clockSkewMs = 600_000
