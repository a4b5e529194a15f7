/** Rows of another network or contract are never served under the name of this one. */
import { createMiddleware } from 'hono/factory'
import type { AppDeps, AppEnv } from './context.ts'
import { ApiError } from './problem.ts'

/** @throws ApiError `not_ready` */
export function whileClosed({ closed }: Pick<AppDeps, 'closed'>) {
  return createMiddleware<AppEnv>(async (_, next) => {
    const reason = closed?.() ?? null
    if (reason !== null) throw new ApiError('not_ready', reason)
    await next()
  })
}
