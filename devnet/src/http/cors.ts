/** Cross-origin requests, answered as the official server answers them: every origin may ask, and is named in the answer. */
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'

const METHODS = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']

/** Headers of every answer. */
export function corsHeaders({ headers: { origin } }: IncomingMessage): OutgoingHttpHeaders {
  return { vary: 'Origin', ...(origin !== undefined && { 'access-control-allow-origin': origin }) }
}

/** Headers of the answer to a browser's question whether it may ask. */
export function preflightHeaders({ headers }: IncomingMessage): OutgoingHttpHeaders {
  const { origin } = headers
  const method = headers['access-control-request-method']
  const wanted = headers['access-control-request-headers']
  const vary = 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'
  if (origin === undefined || method === undefined || !METHODS.includes(method.toUpperCase())) return { vary }
  return {
    vary,
    'access-control-allow-origin': origin,
    'access-control-allow-methods': method.toUpperCase(),
    ...(wanted !== undefined && { 'access-control-allow-headers': wanted }),
  }
}
