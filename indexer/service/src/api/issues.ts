/** What is wrong with a parameter, in our own words: clients read these sentences, and a library's may change. */

import type { z } from '@hono/zod-openapi'
import type { FieldError } from '@stellartrain/service'

type Issue = z.core.$ZodIssue

const quoted = (values: readonly unknown[]) => values.map((value) => `"${value}"`).join(', ')

/** What a request gave: the values of each parameter of the query, or its body. */
export type Given = { queries: Readonly<Record<string, readonly string[]>> } | { body: unknown }

/** How often it is given. */
function timesOf(given: Given, path: Issue['path']): number {
  if ('queries' in given) return given.queries[path.join('.')]?.length ?? 0
  const value = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], given.body)
  return value === undefined ? 0 : 1
}

function sentenceOf(issue: Issue, times: number, given: Given): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return 'queries' in given ? 'is not a parameter of this path' : 'is not a field of this body'
    case 'invalid_value':
      return issue.values.length === 1 ? `must be ${quoted(issue.values)}` : `must be one of ${quoted(issue.values)}`
    case 'too_small':
      return issue.origin === 'string'
        ? `must have at least ${issue.minimum} characters`
        : `must be ${issue.minimum} or more`
    case 'too_big':
      return issue.origin === 'string'
        ? `must have at most ${issue.maximum} characters`
        : `must be ${issue.maximum} or less`
    case 'invalid_type':
      if (times === 0) return 'is missing'
      return times > 1 ? 'is given more than once' : `must be of type ${TYPES[issue.expected] ?? issue.expected}`
    case 'invalid_format':
      return formatOf(issue)
    case 'custom':
      return issue.message.startsWith('must ') ? issue.message : 'is not valid'
    default:
      return 'is not valid'
  }
}

/** As JSON Schema calls them. */
const TYPES: Readonly<Record<string, string>> = { int: 'integer', record: 'object' }

/** Patterns that the schemas name say what they want; see `common.ts`. */
const formatOf = (issue: z.core.$ZodIssueInvalidStringFormat) =>
  issue.message.startsWith('must ') ? issue.message : `must match ${issue.pattern ?? issue.format}`

/** One for each parameter or field that is wrong; '' is the whole body. */
export function fieldErrors(issues: readonly Issue[], given: Given): FieldError[] {
  const errors = issues.flatMap((issue) => {
    const at = issue.path.join('.')
    const message = sentenceOf(issue, timesOf(given, issue.path), given)
    if (issue.code !== 'unrecognized_keys') return [{ path: at, message }]
    return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message }))
  })
  // What is no day at all is no day of a calendar either.
  return errors.filter(({ path }, index) => errors.findIndex((one) => one.path === path) === index)
}
