import { z } from 'zod'

/** Whose outbox it is: decisions are about one server, made by one user in one organisation. No secret lives here. */
export const homeSchema = z.object({ url: z.string(), login: z.string(), organisation: z.string() })
export type Home = z.infer<typeof homeSchema>

const size = z.number().int().nonnegative()

/** The first record; says how many of each follow. */
export const manifestSchema = z.object({
  home: homeSchema,
  /** ms since the epoch, the clock of the machine it was exported on. */
  exportedAt: z.number(),
  /** Version of the Forager that wrote it. */
  forager: z.string(),
  operations: size,
  files: size,
})
export type Manifest = z.infer<typeof manifestSchema>

/** The second record: what the decisions need to be understood elsewhere. */
export const contextSchema = z.object({
  /** Local ids in them that the server has answered for. */
  ids: z.array(z.tuple([z.string(), z.string()])),
  /** Server ids that earlier decisions were acknowledged with: no other decision is taken for done because of them. */
  claimed: z.array(z.string()),
})
export type FileContext = z.infer<typeof contextSchema>

/** Before the bytes of a kept file. */
export const carriedFileSchema = z.object({
  /** By which the decisions name it. */
  id: z.string(),
  name: z.string(),
  size,
  sha256: z.string(),
})
export type CarriedFile = z.infer<typeof carriedFileSchema>
