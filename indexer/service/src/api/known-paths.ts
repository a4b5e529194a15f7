/** What is not there is refused before anything is read: 404 for a path that no route has, 405 for a method that its routes do not. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { HttpError } from '@stellartrain/service'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './context.ts'

type Known = { pattern: string; methods: Set<string> }

/** By the routes that the app describes; they are complete when the first request comes. */
export function knownPaths(app: Pick<OpenAPIHono<AppEnv>, 'openAPIRegistry'>) {
  let known: Known[] | undefined
  let readable: RegExp | undefined
  return createMiddleware<AppEnv>(async (c, next) => {
    known ??= readPaths(app)
    // Almost all that comes, at once.
    readable ??= anyOf(known.filter(({ methods }) => methods.has('GET')))
    if (c.req.method === 'GET' && readable.test(c.req.path)) return next()
    const found = known.filter((one) => anyOf([one]).test(c.req.path))
    if (found.length === 0) {
      throw new HttpError(404, 'not_found', `There is nothing at ${c.req.path}. See /docs.`)
    }
    const methods = new Set(found.flatMap((one) => [...one.methods]))
    if (!methods.has(c.req.method)) {
      const allow = [...methods].join(', ')
      throw new HttpError(405, 'method_not_allowed', `${c.req.path} takes ${allow}, not ${c.req.method}.`, {
        headers: { allow },
      })
    }
    await next()
  })
}

const anyOf = (paths: readonly Known[]) => new RegExp(`^(?:${paths.map(({ pattern }) => pattern).join('|')})$`)

function readPaths({ openAPIRegistry }: Pick<OpenAPIHono<AppEnv>, 'openAPIRegistry'>): Known[] {
  return openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== 'route') return []
    const { path, method } = definition.route
    const escaped = path.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{\w+\}/g, '[^/]+')
    const methods = method === 'get' ? ['GET', 'HEAD', 'OPTIONS'] : [method.toUpperCase(), 'OPTIONS']
    return [{ pattern: escaped, methods: new Set(methods) }]
  })
}
