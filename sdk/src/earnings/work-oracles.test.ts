/** What is given to all oracles is given once enough of them have it; else who has not, and why, is told. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { giveTo } from './work-oracles.ts'

const client = { fetch, sessions: undefined as never }

type Answer = { status: number; code?: string; detail?: string }
const TAKEN: Answer = { status: 204 }

/** An oracle that answers in this order, the last for ever; what it was sent is kept. */
async function oracle(who: string, ...answers: Answer[]) {
  const sent: string[] = []
  const server = createServer(async (request, response) => {
    const pieces = await Array.fromAsync(request)
    sent.push(Buffer.concat(pieces).toString())
    const { status, ...problem } = answers[Math.min(sent.length, answers.length) - 1]!
    response.writeHead(status, { 'content-type': 'application/problem+json' })
    response.end(status === 204 ? undefined : JSON.stringify(problem))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return { who, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sent }
}
const to = (all: readonly { who: string; url: string }[], oracles = all.map(({ who }) => who)) => ({
  oracles,
  places: async () => all,
})

test('one oracle that takes it is not the three of five that have to', async () => {
  const refusal = { status: 409, code: 'number_taken', detail: 'Another one is here.' }
  const all = await Promise.all([
    ...[oracle('liar', TAKEN), oracle('second', TAKEN), oracle('third', refusal), oracle('fourth', refusal)],
  ])
  const given = giveTo(client, to(all, ['liar', 'second', 'third', 'fourth', 'fifth']), 'reviews', '{}', { least: 3 })
  await expect(given).rejects.toMatchObject({ code: 'not_handed_out', retryable: true })
  const { message } = (await given.catch((error: unknown) => error)) as Error
  expect(message).toContain('Only 2 of 5 oracles took it, and 3 have to.')
  for (const who of ['third: Another one', 'fourth: Another one', 'fifth: it has no address'])
    expect(message).toContain(who)
  expect(await giveTo(client, to(all), 'reviews', '{}', { least: 2 })).toEqual(['liar', 'second'])
})

test('who is busy is asked again, and who has it already is not', async () => {
  const quick = await oracle('quick', TAKEN)
  const busy = await oracle('busy', { status: 503, code: 'busy', detail: 'Later.' }, TAKEN)
  expect(await giveTo(client, to([quick, busy]), 'reviews', '{}', { least: 2 })).toEqual(['quick', 'busy'])
  expect([quick.sent.length, busy.sent.length]).toEqual([1, 2])
})

test('an oracle that lacks what came before is given that first', async () => {
  const behind = await oracle('behind', { status: 409, code: 'number_ahead', detail: 'One is missing.' }, TAKEN)
  const given = giveTo(client, to([behind]), 'reviews', '"second"', { least: 1, before: '"first"' })
  expect(await given).toEqual(['behind'])
  expect(behind.sent).toEqual(['"second"', '"first"', '"second"'])
})

test('what all refuse for good is no retry', async () => {
  const refusing = await oracle('one', { status: 422, code: 'not_known', detail: 'None of these.' })
  await expect(giveTo(client, to([refusing]), 'reviews', '{}', {})).rejects.toMatchObject({
    ...{ code: 'bad_input', retryable: false, message: expect.stringContaining('None of these.') },
  })
})
