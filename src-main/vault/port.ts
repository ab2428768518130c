/** The keychain, or what stands in for it. Nothing is ever stored in plain text. */
export interface Vault {
  get(account: string): Promise<string | undefined>
  set(account: string, secret: string): Promise<void>
  delete(account: string): Promise<void>
  /** Whether secrets can be stored and read back right now; `reason` in plain words when not. */
  probe(): Promise<{ usable: true } | { usable: false; reason: string }>
}
