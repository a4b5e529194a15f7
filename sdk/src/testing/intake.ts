/** What an oracle's URL offers to solvers and to other oracles, as small as it can be: it takes sealed files and serves their blocks. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readCar } from '@stellartrain/ipfs-content/car'

export type Intake = {
  url: string
  /** Files that it took, by CID. */
  took: ReadonlySet<string>
  /** While false, it answers as a service that has no room. */
  takes: boolean
  close(): Promise<void>
}

export async function startIntake(): Promise<Intake> {
  const blocks = new Map<string, Uint8Array>()
  const took = new Set<string>()
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const cid = pathname.split('/').at(-1) ?? ''
    if (request.method === 'PUT' && pathname.startsWith('/v1/content/')) {
      if (!intake.takes) {
        request.resume()
        response.writeHead(507, { 'content-type': 'application/problem+json' })
        response.end(JSON.stringify({ code: 'disk_full', detail: 'There is no room.' }))
        return
      }
      for await (const block of readCar(request)) blocks.set(block.cid.toString(), block.bytes)
      took.add(cid)
      response.writeHead(201).end('{}')
      return
    }
    const block = blocks.get(cid)
    response.writeHead(block ? 200 : 404, { 'content-type': 'application/vnd.ipld.raw' }).end(block)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const intake: Intake = {
    url: `http://127.0.0.1:${port}`,
    took,
    takes: true,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return intake
}
