/** Stands between the indexer and a real network and spoils some answers to getEvents. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Chance } from './random.ts'

export type FlakyProxy = { url: string; spoiled: () => number; close(): Promise<void> }

export async function startFlakyProxy(target: string, chance: Chance, trouble: number): Promise<FlakyProxy> {
  let spoiled = 0
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray())
    const answer = await fetch(target, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    const text = await answer.text()
    const spoil = body.includes('getEvents') && chance.yes(trouble)
    const accident = spoil ? chance.pick(['hang up', '500', 'cut', 'doubled'] as const) : null
    if (accident) spoiled += 1
    if (accident === 'hang up') return void response.destroy()
    if (accident === '500') return void response.writeHead(500).end('upstream is away')
    if (accident === 'cut') return void response.end(text.slice(0, chance.int(1, text.length - 1)))
    if (accident === 'doubled') return void response.end(doubled(text))
    response.end(text)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spoiled: () => spoiled,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((done) => server.close(() => done()))
    },
  }
}

function doubled(text: string): string {
  const answer = JSON.parse(text)
  const { events } = answer.result ?? {}
  if (events) answer.result.events = [...events, ...events]
  return JSON.stringify(answer)
}
