import type { Random } from './random.ts'
import type { Campaign, World } from './world.ts'

export type SeedObservable = {
  dataType: string
  /** The value; for a `file`, its content. */
  data: string
  fileName?: string | undefined
  ioc?: boolean | undefined
  message?: string | undefined
  tags?: string[] | undefined
}

/** What a detector would send, before it gets a place in time. */
export type SeedAlert = {
  type: string
  source: string
  /** The start of its reference; a number is added. */
  prefix: string
  title: string
  description: string
  tags: string[]
  severity: number
  tlp: number
  template: string | undefined
  fields: Record<string, unknown>
  observables: SeedObservable[]
}

export type Scene = { random: Random; world: World; campaign: Campaign }

export type Scenario = (scene: Scene) => SeedAlert

/** A Markdown table of two columns. */
export function table(rows: Record<string, string | number>): string {
  const lines = Object.entries(rows).map(([name, value]) => `| ${name} | \`${value}\` |`)
  return ['| Field | Value |', '| --- | --- |', ...lines].join('\n')
}

export const bullets = (...lines: string[]): string => lines.map((line) => `- ${line}`).join('\n')

export const code = (language: string, ...lines: string[]): string =>
  ['```' + language, ...lines, '```'].join('\n')

export const defang = (text: string): string => text.replace(/^http/, 'hxxp').replaceAll('.', '[.]')
