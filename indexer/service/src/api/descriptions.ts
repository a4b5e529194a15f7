/** /openapi.json and /llms.txt: made once, when they are first asked for, since routes are all there by then. */
import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import type { AppEnv } from './context.ts'
import type { Document } from './described.ts'
import { isKnown } from './entity-tag.ts'
import { llmsText } from './llms.ts'

export type Descriptions = {
  document(): Document
  openapi(c: Context<AppEnv>): Response
  llms(c: Context<AppEnv>): Response
}

export function createDescriptions(make: () => Document): Descriptions {
  const document = once(make)
  const openapi = once(() => written(JSON.stringify(document()), 'application/json'))
  const llms = once(() => written(llmsText(document()), 'text/plain; charset=utf-8'))
  return {
    document,
    openapi: (c) => send(c, openapi()),
    llms: (c) => send(c, llms()),
  }
}

type Written = { body: string; type: string; tag: string }

function written(body: string, type: string): Written {
  return { body, type, tag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
}

function send(c: Context<AppEnv>, { body, type, tag }: Written): Response {
  const headers = { etag: tag, 'cache-control': 'no-cache' }
  if (isKnown(c.req.header('if-none-match'), tag)) return c.body(null, 304, headers)
  return c.body(body, 200, { ...headers, 'content-type': type })
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
