/** The host survives a fault of its own: what it was doing did not happen, and it goes on. */
import { expect, test } from 'vitest'
import { settingsJson } from '../settings.ts'
import { write } from '../wire.ts'
import { Host } from './host.ts'

const NOW = 1_800_000_000

async function chain(): Promise<Host> {
  const host = await Host.create()
  host.call('genesis', ['a network', write([1]), settingsJson('mainnet'), NOW, 1_000])
  return host
}

test('a fault in the middle of work leaves the chain as it was', async () => {
  const [host, witness] = [await chain(), await chain()]
  for (let round = 0; round < 100; round++) {
    expect(() => host.call('fault')).toThrow(expect.objectContaining({ code: 'HOST_TRAPPED' }))
    expect(host.call('close', [NOW, NOW, 1])).toEqual(witness.call('close', [NOW, NOW, 1]))
  }
  expect(host.call('save')).toEqual(witness.call('save'))
})

test('what is no message is refused in words', async () => {
  const host = await chain()
  expect(() => host.call('close', [])).toThrow('message ends early')
  expect(() => host.call('submit', [NOW, NOW, new Uint8Array(7)])).toThrow('cannot read XDR')
})
