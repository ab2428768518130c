import { z } from 'zod'
import { customFieldValueSchema } from './alert.ts'
import { caseSchema, impactStatuses } from './case.ts'
import { operationEditSchema } from './operation-edit.ts'
import { papSchema, severitySchema, tlpSchema } from './scales.ts'

const textWordsSchema = z.object({
  /** What there was when it was begun: a colleague's change meanwhile is compared with it. */
  before: z.string(),
  text: z.string(),
})

const fieldDraftSchema = z.object({
  key: z.number(),
  name: z.string(),
  type: z.string(),
  text: z.string(),
  was: customFieldValueSchema.optional(),
})

const fieldWordsSchema = z.object({
  before: z.array(customFieldValueSchema).readonly(),
  drafts: z.array(fieldDraftSchema).readonly(),
})

/** Of one observable; several that are edited together keep no draft. */
const marksSchema = z
  .object({
    tlp: tlpSchema,
    pap: papSchema,
    ioc: z.boolean(),
    sighted: z.boolean(),
    ignoreSimilarity: z.boolean(),
    message: z.string(),
  })
  .partial()
  .extend({ tags: z.array(z.string()).readonly() })

/** As its form holds it; the observables as the text they are read from. Files are not among it. */
const newAlertSchema = z.object({
  text: z.object({
    type: z.string(),
    source: z.string(),
    sourceRef: z.string(),
    title: z.string(),
    description: z.string(),
    externalLink: z.string(),
    template: z.string(),
    date: z.string(),
  }),
  marks: z.object({ severity: severitySchema, tlp: tlpSchema, pap: papSchema }),
  tags: z.array(z.string()).readonly(),
  fields: z.array(fieldDraftSchema).readonly(),
  values: z.string(),
})

const procedureSchema = z.object({ when: z.string(), tactic: z.string(), description: z.string() })

/** What of it can be changed, as it was. */
const procedureSeenSchema = z.object({
  occurDate: z.number(),
  tactic: z.string().optional(),
  description: z.string().optional(),
})

/** A waiting decision as its form holds it: every field that some kind can set. */
const operationFormSchema = z
  .object({
    ...{ type: z.string(), source: z.string(), sourceRef: z.string(), message: z.string() },
    ...{ title: z.string(), description: z.string(), summary: z.string(), status: z.string() },
    ...{ template: z.string(), assignee: z.string() },
    ...{ severity: severitySchema, tlp: tlpSchema, pap: papSchema, ioc: z.boolean(), sighted: z.boolean() },
    ...{ tags: z.array(z.string()), removeTags: z.array(z.string()) },
  })
  .partial()

/** What of a case its form can change, as it was. */
const caseSeenSchema = caseSchema.pick({
  ...{ title: true, description: true, severity: true, tlp: true, pap: true, tags: true },
  ...{ assignee: true, flag: true, customFields: true },
})

/** A case as its form holds it. */
const caseFormSchema = z.object({
  ...{ title: z.string(), description: z.string(), assignee: z.string(), template: z.string() },
  ...{ severity: severitySchema, tlp: tlpSchema, pap: papSchema, flag: z.boolean() },
  tags: z.array(z.string()).readonly(),
  fields: z.array(fieldDraftSchema).readonly(),
})
export type CaseFormWords = z.infer<typeof caseFormSchema>

/** A promotion as its form holds it: title and description where they are not the alert's, and of the custom fields what was typed. */
const promotionSchema = z
  .object({ title: z.string(), description: z.string() })
  .extend({ severity: severitySchema, tlp: tlpSchema, pap: papSchema })
  .partial()
  .extend({
    ...{ template: z.string(), assignee: z.string(), status: z.string(), summary: z.string() },
    ...{ startDate: z.string(), endDate: z.string(), tasks: z.string(), flag: z.boolean() },
    tags: z.array(z.string()),
    pages: z.array(z.object({ title: z.string(), category: z.string(), content: z.string() })),
    fields: z.array(fieldDraftSchema).readonly(),
  })

/** What is said at the closing of one alert or case: `was` is the summary it had; the fields are those it cannot be closed without. */
const closingSchema = z.object({
  was: z.string().optional(),
  summary: z.string(),
  impact: z.enum(impactStatuses).optional(),
  fields: z.array(fieldDraftSchema).readonly(),
})

const at = <P extends string, W extends z.ZodType>(place: P, words: W) =>
  z.object({ place: z.literal(place), id: z.string().min(1), words })

/**
 * Words that are typed and not saved yet. `id` is the alert's; of a comment, observable or procedure that is being changed, its own;
 * of a waiting decision or a case its own, and of an alert or case that is still to be created, `new`.
 */
export const draftSchema = z.discriminatedUnion('place', [
  at('note', textWordsSchema),
  at('comment', textWordsSchema),
  at('title', textWordsSchema),
  at('description', textWordsSchema),
  at('link', textWordsSchema),
  at('fields', fieldWordsSchema),
  at('observable', z.object({ before: marksSchema, now: marksSchema })),
  at('new-procedure', procedureSchema.extend({ patternId: z.string() })),
  at('procedure', z.object({ before: procedureSeenSchema, now: procedureSchema })),
  at('new-alert', newAlertSchema),
  at('promotion', promotionSchema),
  at('new-case', caseFormSchema),
  at('case', z.object({ before: caseSeenSchema, now: caseFormSchema })),
  at('closing', closingSchema),
  at('operation', z.object({ before: operationEditSchema, now: operationFormSchema })),
])
export type Draft = z.infer<typeof draftSchema>
export type DraftPlace = Draft['place']
export type WordsOf<P extends DraftPlace> = Extract<Draft, { place: P }>['words']

const places = draftSchema.options.map(({ shape }) => shape.place.value)

/** What a draft is about: there is one at most. */
export const draftAboutSchema = z.object({ place: z.enum(places), id: z.string().min(1) })
export type DraftAbout = z.infer<typeof draftAboutSchema>

/** As it is kept; `at` in ms since the epoch. */
export const keptDraftSchema = z.object({ draft: draftSchema, at: z.number() })
export type KeptDraft = z.infer<typeof keptDraftSchema>

/** Characters of a draft as it is stored: an alert's longest text as it was and as it is now, with room for what is escaped. */
export const draftLimit = 4 * 1_048_576
