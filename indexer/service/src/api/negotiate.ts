/** Which of its forms an answer takes: by the request's `Accept`, weights and wildcards included (RFC 9110, 12.5.1). */
import { headersOf } from '@stellartrain/service'
import type { Context } from 'hono'

type Range = { type: string; weight: number }

function rangesOf(accept: string): Range[] {
  return accept.split(',').map((part) => {
    const [type = '', ...parameters] = part.split(';').map((one) => one.trim().toLowerCase())
    const weight = parameters.find((one) => one.startsWith('q='))?.slice(2)
    return { type, weight: weight === undefined ? 1 : Math.min(1, Math.max(0, Number(weight) || 0)) }
  })
}

/** How much a request wants a media type, 0 to 1: the most specific range decides. */
function weightOf(ranges: readonly Range[], type: string): number {
  const [kind] = type.split('/')
  for (const range of [type, `${kind}/*`, '*/*']) {
    const found = ranges.find((one) => one.type === range)
    if (found) return found.weight
  }
  return 0
}

/**
 * The form that the request wants most; of several the first in `forms`, which is also what a request gets that wants none of them.
 * The answer names `Accept` in `Vary`, for caches.
 */
export function negotiate<Form extends string>(c: Context, forms: readonly [Form, ...Form[]]): Form {
  headersOf(c).vary = 'accept'
  const accept = c.req.header('accept')
  if (accept === undefined || accept.trim() === '') return forms[0]
  const ranges = rangesOf(accept)
  let [best, most] = [forms[0], weightOf(ranges, forms[0])]
  for (const form of forms.slice(1)) {
    const weight = weightOf(ranges, form)
    if (weight > most) [best, most] = [form, weight]
  }
  return best
}
