/** A router whose refusals are problems, and how a route is described. */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { problem } from '@stellartrain/service'
import type { AppEnv } from './context.ts'
import { fieldErrors } from './issues.ts'
import { ApiError } from './problem.ts'
import { Problem } from './schemas/common.ts'

export function createRouter() {
  return new OpenAPIHono<AppEnv>({
    defaultHook: async (result, c) => {
      if (result.success) return
      // A request may have no body at all.
      const body = async () => ({ body: await c.req.json().catch(() => undefined) })
      const given = result.target === 'json' ? await body() : { queries: c.req.queries() }
      const errors = fieldErrors(result.error.issues, given)
      const detail = errors.map(({ path, message }) => `${path || 'The body'} ${message}`).join('; ')
      return problem(c, new ApiError('bad_request', `${detail}.`, errors))
    },
  })
}

const problemContent = { 'application/problem+json': { schema: Problem } }
export const refused = (description: string) => ({ description, content: problemContent })

/** What any path under /v1 may answer beside its own. */
export const COMMON = {
  304: { description: 'Nothing changed since the answer with the `ETag` that `If-None-Match` names.' },
  400: refused('The request is not valid.'),
  429: refused('Too many requests from this address; `Retry-After` says when to retry.'),
  500: refused('The request failed on this server.'),
  503: refused('The index is not ready, or has no place left; retry in a few seconds.'),
} as const

type Answers = Parameters<typeof createRoute>[0]['responses']
type Described<P extends string, Params, Query extends z.ZodRawShape, R> = {
  path: P
  tags: string[]
  summary?: string
  description?: string
  params?: Params
  /** Whatever else is asked for is refused. */
  query?: Query
  responses: R
}

/** A GET route under /v1. */
export function get<
  const P extends string,
  R extends Answers,
  Params extends z.ZodObject | undefined = undefined,
  Query extends z.ZodRawShape = Record<never, never>,
>({ params, query, responses, ...rest }: Described<P, Params, Query, R>) {
  return createRoute({
    method: 'get',
    ...rest,
    request: {
      query: z.strictObject((query ?? {}) as Query),
      ...((params ? { params } : {}) as Params extends z.ZodObject ? { params: Params } : object),
    },
    responses: { ...COMMON, ...responses } as typeof COMMON & R,
  })
}

export const ok = <T extends z.ZodType>(schema: T, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
})
export const notFound = { 404: refused('There is no such thing.') } as const
