/** A disk that takes no more: the network stops, says why, shows nothing that is not written, and resumes where it was. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DevnetNode } from '../chain/node.ts'
import { dispatch } from '../rpc/dispatch.ts'
import { settingsJson } from '../settings.ts'
import { DiskStore } from './disk.ts'
import type { Place } from './store.ts'

let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'devnet-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** The real store, which after so many ledgers refuses as a full disk does. */
class FullDisk extends DiskStore {
  left = 3

  override append(...args: Parameters<DiskStore['append']>): Place {
    if (this.left-- === 0) throw new Error('ENOSPC: no space left on device, write')
    return super.append(...args)
  }
}

const start = (store: DiskStore) =>
  DevnetNode.start({
    passphrase: 'full',
    seed: 0,
    settings: settingsJson('mainnet'),
    retention: 100,
    historyBytes: Number.POSITIVE_INFINITY,
    clientTimeBounds: true,
    store,
    now: () => 1_800_000_000,
  })

test('what could not be written was never there', async () => {
  const options = { home, identity: 'full' }
  const node = await start(new FullDisk(options))
  node.close()
  const last = node.close()
  expect(() => node.close()).toThrow('Make room and start the network again')
  expect(() => node.close()).toThrow('could not be written')
  expect(node.history.last.sequence).toBe(last.sequence)
  const context = { node, friendbotUrl: '', pending: () => {}, log: () => {} }
  const answer = dispatch(context, '{"jsonrpc":"2.0","id":1,"method":"getHealth"}')
  expect(answer).toMatchObject({ error: { code: -32603, message: expect.stringContaining('no space left') } })
  await node.stop()
  const again = await start(new DiskStore(options))
  const { sequence, closeTime, hash } = last
  expect(again.history.last).toMatchObject({ sequence, closeTime, hash })
  expect(again.close().sequence).toBe(last.sequence + 1)
  await again.stop()
})
