/** A router whose refusals are problems, and the descriptions that all routes share. */
import { OpenAPIHono, z } from '@hono/zod-openapi'
import { problem } from '@stellartrain/service'
import type { AppEnv } from './context.ts'
import { ApiError } from './problem.ts'
import { Problem } from './schemas/common.ts'

export function createRouter() {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) => {
      if (result.success) return
      const errors = result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
      return problem(c, new ApiError('bad_request', errors.map((e) => `${e.path}: ${e.message}`).join('; '), errors))
    },
  })
}

const problemContent = { 'application/problem+json': { schema: Problem } }

export const ok = <T extends z.ZodType>(schema: T, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
})
const csvContent = { 'text/csv': { schema: z.string() } }
export const csvFile = (description: string) => ({ 200: { description, content: csvContent } })
export const okOrCsv = <T extends z.ZodType>(schema: T, description: string) => ({
  200: { description, content: { 'application/json': { schema }, ...csvContent } },
})
export const badRequest = { 400: { description: 'The request is not valid.', content: problemContent } } as const
export const notFound = { 404: { description: 'There is no such thing.', content: problemContent } } as const
