/** What was wrong with a file, and what Forager did about it: shown to the analyst, never silent. */
export type Damage = {
  file: 'cache' | 'outbox'
  /** Where the damaged file is kept. */
  kept: string
  /** fresh: empty, the server refills it · backup: from its last backup · salvaged: what could be read, row by row. */
  recovered: 'fresh' | 'backup' | 'salvaged'
  /** Rows that could be read nowhere. */
  lost: number
}

/** What opening found, if anything. */
export type Recovered = { damage(): Damage | undefined }
