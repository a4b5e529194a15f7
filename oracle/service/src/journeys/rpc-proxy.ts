/** A network path that misbehaves on request: stands between an oracle and the real RPC. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** `pass` it on; `fail` with 503; `cut` the answer in half; `lose` the answer after the RPC has acted; `hang` for ever. */
export type Fate = 'pass' | 'fail' | 'cut' | 'lose' | 'hang'

export type RpcProxy = { url: string; close(): Promise<void> }

/** @param decide called with each request's method and body, in their order */
export async function startRpcProxy(target: string, decide: (method: string, body: string) => Fate): Promise<RpcProxy> {
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    const body = Buffer.concat(pieces).toString()
    const fate = decide((JSON.parse(body) as { method: string }).method, body)
    if (fate === 'hang') return
    if (fate === 'fail') return void response.writeHead(503).end('busy')
    const headers = { 'content-type': 'application/json' }
    const read = async () => {
      const answer = await fetch(target, { method: 'POST', headers, body })
      return { status: answer.status, text: await answer.text() }
    }
    // A connection that the RPC itself dropped is passed on as one.
    const answer = await read().catch(() => undefined)
    if (answer === undefined || fate === 'lose') return void response.destroy()
    const { status, text } = answer
    response.writeHead(status, headers)
    response.end(fate === 'cut' ? text.slice(0, text.length / 2) : text)
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
