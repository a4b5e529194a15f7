/** The OpenAPI document of the app, in which every operation has the name that generated clients and tools call it by. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from './context.ts'
import type { Document } from './described.ts'

export const OPENAPI_INFO = {
  title: 'StellarTrain indexer',
  version: '1.0.0',
  description:
    'Read-only, without a key; only webhooks, which a wallet registers, are written. Everything it says can be checked against the chain; `_meta` says how fresh it is. Amounts are in base units of their asset.',
}

/** `GET /v1/challenges/{id}/scores` is `get_challenges_id_scores`. */
export const operationId = (method: string, path: string): string =>
  `${method}_${path
    .replace(/^\/(v1\/)?/, '')
    .replaceAll(/[{}]/g, '')
    .replaceAll(/[^\w]/g, '_')}`

type Operations = Record<string, Record<string, { operationId?: string }>>

export function documentOf(app: Pick<OpenAPIHono<AppEnv>, 'getOpenAPI31Document'>): Document {
  const document = app.getOpenAPI31Document({ openapi: '3.1.0', info: OPENAPI_INFO })
  for (const [path, operations] of Object.entries(document.paths as Operations)) {
    for (const [method, operation] of Object.entries(operations)) operation.operationId = operationId(method, path)
  }
  return document as unknown as Document
}
