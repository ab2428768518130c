/** An alert as TheHive 3 writes it, with one observable of each kind. */
export const alertOfThree = (change: Record<string, unknown> = {}) => ({
  ...{ _id: 'a1', id: 'a1', _type: 'alert', _version: 3, _routing: 'a1', _parent: null },
  ...{ type: 'edr', source: 'sensor', sourceRef: 'r1', title: 't', description: '', severity: 2, tlp: 2 },
  ...{ date: 900, lastSyncDate: 900, tags: [], follow: true, status: 'New', customFields: {} },
  ...{ createdAt: 1_000, createdBy: 'ana', artifacts: [valueArtifact(), fileArtifact()] },
  ...change,
})

export const valueArtifact = (change: Record<string, unknown> = {}) => ({
  ...{ dataType: 'ip', data: '203.0.113.9', tags: ['c2'], message: 'seen', tlp: 3, ioc: true },
  ...change,
})

export const sha256 = 'a'.repeat(64)

export const fileArtifact = (change: Record<string, unknown> = {}) => ({
  dataType: 'file',
  attachment: {
    ...{ name: 'x.bin', hashes: [sha256, 'b'.repeat(40), 'c'.repeat(32)] },
    ...{ size: 7, contentType: 'application/octet-stream', id: sha256 },
  },
  tags: [],
  ...change,
})

/** An alert as TheHive 4 writes it over v1. */
export const alertOfFour = (change: Record<string, unknown> = {}) => ({
  ...{ _id: '~1', _type: 'Alert', _createdBy: 'ana', _createdAt: 1_000 },
  ...{ type: 'edr', source: 'sensor', sourceRef: 'r1', title: 't', description: '', severity: 2 },
  ...{ date: 900, tags: [], tlp: 2, pap: 1, read: false, follow: true, customFields: [] },
  ...{ observableCount: 0, extraData: {} },
  ...change,
})

/** A case as both write it over `/api`. */
export const caseOfOlder = (change: Record<string, unknown> = {}) => ({
  ...{ _id: 'c1', id: 'c1', _type: 'case', caseId: 7, title: 't', description: 'd', severity: 3, tlp: 3 },
  ...{ pap: 2, tags: ['x'], flag: false, status: 'Open', owner: 'ana', startDate: 5, customFields: {} },
  ...{ createdAt: 5, createdBy: 'ana', metrics: {} },
  ...change,
})

export const bytes = (value: unknown) => Buffer.from(JSON.stringify(value))
