/** What is wrong with a parameter, in our own words: clients read these sentences, and a library's may change. */

import type { z } from '@hono/zod-openapi'
import type { FieldError } from '@stellartrain/service'

type Issue = z.core.$ZodIssue

const quoted = (values: readonly unknown[]) => values.map((value) => `"${value}"`).join(', ')

/** @param times how often it is given */
function sentenceOf(issue: Issue, times: number): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return 'is not a parameter of this path'
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
      return times > 1 ? 'is given more than once' : `must be of type ${issue.expected}`
    case 'invalid_format':
      return formatOf(issue)
    default:
      return 'is not valid'
  }
}

/** Patterns that the schemas name say what they want; see `common.ts`. */
const formatOf = (issue: z.core.$ZodIssueInvalidStringFormat) =>
  issue.message.startsWith('must ') ? issue.message : `must match ${issue.pattern ?? issue.format}`

/** One for each parameter that is wrong. @param given the values of each parameter of the query */
export function fieldErrors(
  issues: readonly Issue[],
  given: Readonly<Record<string, readonly string[]>>,
): FieldError[] {
  return issues.flatMap((issue) => {
    const message = sentenceOf(issue, given[issue.path.join('.')]?.length ?? 0)
    if (issue.code === 'unrecognized_keys') return issue.keys.map((path) => ({ path, message }))
    return [{ path: issue.path.join('.'), message }]
  })
}
