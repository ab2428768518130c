type Stamped = { createdAt: number; updatedAt?: number | undefined }

export const stampOf = ({ updatedAt, createdAt }: Stamped): number => updatedAt ?? createdAt

/** Two states of the same thing, by the server's own stamps. */
export const isOlder = (one: Stamped, other: Stamped): boolean => stampOf(one) < stampOf(other)
