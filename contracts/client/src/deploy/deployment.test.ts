/** A service that is set to the wrong network or contract gets one true sentence about it. */
import { Asset, StrKey } from '@stellar/stellar-sdk/base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkDeployment, connect, deployAssetContract } from '../index.ts'
import { badgePictureCid, deployRecords } from '../periphery/records.ts'
import { type Fixture, startFixture } from '../testing/fixture.ts'
import { readRecordsWasm } from './wasm.ts'

let f: Fixture
beforeAll(async () => {
  f = await startFixture()
})
afterAll(() => f?.close())

const on = (settings: { contract?: string; passphrase?: string }) =>
  checkDeployment(connect({ ...f.chain.network, ...settings }))

test('our contract on its network passes', async () => {
  await expect(on({})).resolves.toEqual({ event_version: 2, min_patience: 5n, min_window: 5n })
})

test('another passphrase is named beside the one that the RPC serves', async () => {
  await expect(on({ passphrase: 'Test SDF Network ; September 2015' })).rejects.toMatchObject({
    code: 'wrong_network',
    message: expect.stringContaining(`serves the network "${f.chain.network.passphrase}"`),
  })
})

test('an address without a contract, and a contract of another kind, are told apart', async () => {
  const nothing = StrKey.encodeContract(new Uint8Array(32).fill(7))
  await expect(on({ contract: nothing })).rejects.toMatchObject({
    code: 'no_contract',
    message: expect.stringContaining('There is no contract'),
  })
  const [person] = await f.people(1)
  const token = await deployAssetContract(f.chain, Asset.native(), person!, { pollMs: 20 })
  // It has a configuration with the same version, of another kind.
  const records = await deployRecords(f.chain, {
    wasm: await readRecordsWasm(),
    stellartrain: f.chain.network.contract,
    image: badgePictureCid(),
    signer: person!,
    pollMs: 20,
  })
  await expect(on({ contract: records.contract })).rejects.toMatchObject({ code: 'wrong_contract' })
  await expect(on({ contract: token })).rejects.toMatchObject({
    code: 'wrong_contract',
    message: expect.stringContaining('is not a StellarTrain contract'),
  })
})
