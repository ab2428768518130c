import { config } from 'zod'

/**
 * Imported first by whatever runs under the page's Content-Security-Policy: schemas are then interpreted, and never
 * compiled with `new Function`, which the policy refuses and reports.
 */
config({ jitless: true })
