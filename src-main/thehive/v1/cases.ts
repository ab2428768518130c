import type { Case } from '#shared/model/case.ts'
import { call, readOne, segment } from '../api.ts'
import { queryList } from './run-query.ts'
import type { Api } from '../api.ts'
import { orAbsent } from '../absence.ts'
import { casesSteps } from './queries.ts'
import { readCase } from './read-case.ts'

export async function listCases(
  api: Api,
  { limit, updatedSince }: { limit: number; updatedSince?: number | undefined },
  signal: AbortSignal,
): Promise<Case[]> {
  const read = (row: unknown): Case => readCase(row, api.scale)
  return queryList(api, { label: 'cases', steps: casesSteps(limit, updatedSince), read }, signal)
}

export async function getCase(api: Api, idOrNumber: string, signal: AbortSignal): Promise<Case | undefined> {
  return orAbsent(async () => caseFrom(api, { method: 'GET', path: `/${segment(idOrNumber)}` }, signal))
}

export async function createCase(
  api: Api,
  input: { title: string; description: string; tags: string[] },
  signal: AbortSignal,
): Promise<Case> {
  return caseFrom(
    api,
    { method: 'POST', path: '', json: { ...input, tags: [...new Set(input.tags)] } },
    signal,
  )
}

async function caseFrom(
  api: Api,
  { method, path, json }: { method: 'GET' | 'POST'; path: string; json?: unknown },
  signal: AbortSignal,
): Promise<Case> {
  const answer = await call(api, { method, path: `/api/v1/case${path}`, json }, signal)
  return readOne(api, answer, (row) => readCase(row, api.scale))
}
