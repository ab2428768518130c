/** What was wrong with a file, and what Forager did about it: shown to the analyst, never silent. */
export type Damage = {
  file: 'cache' | 'outbox'
  /** Where the damaged file is kept; undefined when what is missing was simply not there. */
  kept: string | undefined
  /**
   * fresh: empty, the server refills it · backup: from its last backup · salvaged: what could be read, row by row ·
   * without-journal: the file is whole, its newest changes could not be read.
   */
  recovered: 'fresh' | 'backup' | 'salvaged' | 'without-journal'
  /** Rows that are known to have been there and could be read nowhere. */
  lost: number
}

/** What opening found, if anything. */
export type Recovered = { damage(): Damage | undefined }
