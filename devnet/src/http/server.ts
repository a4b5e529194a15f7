/** The HTTP server: patience with slow clients, limits on what is held for them, and every failure as an answer. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import { BodyReader } from './bodies.ts'
import { corsHeaders } from './cors.ts'
import { HttpError } from './error.ts'
import { answer, type Routes } from './routes.ts'
import { Turns } from './turns.ts'

/** Bytes of all bodies that are being read at once: many senders who never finish do not fill the memory. */
const MAX_BODIES = 128 * 1024 * 1024
/** Bytes of all answers that nobody has read yet, beyond which no further one is begun. */
const MAX_ANSWERS = 256 * 1024 * 1024
const LIMITS: Limits = { patience: 30_000, bodies: MAX_BODIES, answers: MAX_ANSWERS }

/** How long a request may take to arrive, or a client to read on, in milliseconds; bytes that are held at once. */
export interface Limits {
  patience: number
  bodies: number
  answers: number
}

export function createHttpServer(routes: () => Routes, { patience, bodies, answers }: Limits = LIMITS): Server {
  const reader = new BodyReader(bodies)
  const turns = new Turns(answers)
  const server = createServer({ connectionsCheckingInterval: Math.min(patience, 5_000) }, (request, response) => {
    for (const [name, value] of Object.entries(corsHeaders(request))) response.setHeader(name, value!)
    const reply = (status: number, body?: unknown) => {
      response.setTimeout(patience)
      turns.hold(response, send(response, status, body))
    }
    turns
      .wait(request, response)
      .then(() => answer(routes(), reader, reply, request, response))
      .catch((error: unknown) => {
        const status = error instanceof HttpError ? error.status : 500
        if (request.socket.destroyed) return
        if (!response.headersSent) reply(status, { error: error instanceof Error ? error.message : String(error) })
        else response.destroy()
      })
  })
  // Who has said all still gets every answer. Node has this as a property without a type.
  Object.assign(server, { httpAllowHalfOpen: true })
  server.keepAliveTimeout = patience
  server.headersTimeout = patience
  server.requestTimeout = patience
  return server
}

/** Sends an answer, or that there is nothing to say; its bytes. */
function send(response: ServerResponse, status: number, body: unknown): number {
  if (body === undefined) {
    response.writeHead(status).end()
    return 0
  }
  const text = JSON.stringify(body)
  const length = Buffer.byteLength(text)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': length }).end(text)
  return length
}
