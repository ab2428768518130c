/**
 * lost: acknowledged, and neither waiting nor done · repeated: took hold again while it stood · overwritten: somebody's value went though
 * it was known · reordered: sent before what it had to wait for · unannounced: sent without word of it on the disk · differs: the copy is
 * not what the server holds, or lacks what was decided · hasty: sent in a pause the server asked for · stuck: did not come to rest.
 */
export const findingKinds = [
  'lost',
  'repeated',
  'overwritten',
  'reordered',
  'unannounced',
  'hasty',
  'differs',
  'stuck',
] as const
export type FindingKind = (typeof findingKinds)[number]
export type Finding = { kind: FindingKind; what: string }
