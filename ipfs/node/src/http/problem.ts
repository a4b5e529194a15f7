/** Every refusal as a problem document (RFC 9457) with a stable code. */
import { STATUS_CODES } from 'node:http'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import type { Context } from 'hono'
import { IpfsError } from '../errors.ts'
import type { Log } from '../log.ts'

export function problem(error: unknown, c: Context, log: Log): Response {
  const known = toIpfsError(error)
  const { status, code, message: detail } = known
  if (status >= 500) log('error', 'request_failed', { path: c.req.path, code, why: String(known.cause ?? detail) })
  const body = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, code }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...known.headers },
  })
}

function toIpfsError(error: unknown): IpfsError {
  if (error instanceof IpfsError) return error
  if (error instanceof ContentError && (error.code === 'bad_cid' || error.code === 'not_a_file')) {
    return new IpfsError(error.code, error.message)
  }
  return new IpfsError('internal', 'Something went wrong here. Try again; if it stays, tell the operator.', {
    cause: error,
  })
}
