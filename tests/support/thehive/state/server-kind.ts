export const flavours = ['thehive3', 'thehive4', 'thehive5'] as const
export type Flavour = (typeof flavours)[number]

export const defaultVersions: Readonly<Record<Flavour, string>> = {
  thehive3: '3.5.2',
  thehive4: '4.1.24',
  thehive5: '5.6.2',
}

/** Which TheHive the server claims to be; rules that changed with a version ask `atLeast`. */
export type ServerKind = {
  flavour: Flavour
  version: string
  /** Whether `Authorization: Basic` is accepted; a TheHive 3 must be told so. */
  basicAuth: boolean
  atLeast: (wanted: string) => boolean
}

export type ServerChoice = {
  flavour?: Flavour | undefined
  version?: string | undefined
  basicAuth?: boolean | undefined
}

export function serverKind({ flavour = 'thehive5', version, basicAuth }: ServerChoice): ServerKind {
  const claimed = version ?? defaultVersions[flavour]
  return {
    flavour,
    version: claimed,
    basicAuth: basicAuth ?? flavour !== 'thehive3',
    atLeast: (wanted) => versionAtLeast(claimed, wanted),
  }
}

/** A version such as `5.6.2` is at least `wanted`. */
export function versionAtLeast(version: string, wanted: string): boolean {
  const [have, want] = [version, wanted].map((text) => text.split(/[.-]/, 3).map(Number)) as [
    number[],
    number[],
  ]
  for (let at = 0; at < 3; at++) {
    const difference = (have[at] ?? 0) - (want[at] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}
