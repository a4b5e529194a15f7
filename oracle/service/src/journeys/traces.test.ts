/** What an operator sees of an oracle's work in a collector: each step of a payment, with what it asked of RPC and IPFS node. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { silentLog, startTraces } from '@stellartrain/service'
import { expect, onTestFinished, test } from 'vitest'
import { predictions } from './data.ts'
import { startWorld } from './world.ts'

type Span = {
  name: string
  kind: number
  spanId: string
  parentSpanId?: string
  attributes: { key: string; value: object }[]
}

test('acceptance, grading and vote are spans, and the requests that they send are in them', async () => {
  const spans: Span[] = []
  const collector = createServer(async (request, response) => {
    const { resourceSpans } = JSON.parse((await Array.fromAsync(request)).join(''))
    for (const { scopeSpans } of resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans)
    response.end('{}')
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void collector.close().closeAllConnections())
  await once(collector, 'listening')
  const { port } = collector.address() as AddressInfo
  const world = await startWorld()
  onTestFinished(world.close)
  const traces = startTraces({
    ...{ url: `http://127.0.0.1:${port}`, service: 'stellartrain-oracle', version: '1.2.3', log: silentLog },
  })
  const oracle = await world.oracle(undefined, { traces })
  const id = await world.challenge({ oracles: [oracle.address] })
  await world.accepted(id)
  const solver = await world.person()
  await world.enter(id, solver, await world.seal(id, solver, predictions(0)))
  await world.concluded(id, 1)
  await oracle.close()
  await traces.close()
  for (const name of ['accept', 'assess', 'vote']) {
    const one = spans.find((span) => span.name === name)
    expect(one, name).toMatchObject({ kind: 1 })
    expect(one!.attributes).toContainEqual({ key: 'stellartrain.challenge', value: { intValue: String(id) } })
    const asked = spans.filter(({ kind, parentSpanId }) => kind === 3 && parentSpanId === one!.spanId)
    expect(asked.length, name).toBeGreaterThan(0)
  }
})
