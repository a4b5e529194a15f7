/** Room above what simulation measured: keys in their lists once, limits of the network kept, nothing measured lost. */
import { Keypair, SorobanDataBuilder, type xdr } from '@stellar/stellar-sdk/base'
import { expect, test } from 'vitest'
import { accountKey } from '../rpc/ledger.ts'
import { raiseResources, TX_LIMITS } from './resources.ts'

const [a, b, c, d] = Array.from({ length: 4 }, (_, seed) =>
  accountKey(Keypair.fromRawEd25519Seed(Buffer.alloc(32, seed)).publicKey()),
) as [xdr.LedgerKey, xdr.LedgerKey, xdr.LedgerKey, xdr.LedgerKey]
const measured = new SorobanDataBuilder()
  .setReadWrite([b, a])
  .setReadOnly([c])
  .setResources(1_000, 100, 10)
  .setResourceFee(7n)
  .build()
const ids = (keys: readonly xdr.LedgerKey[]) => keys.map((key) => key.toXdr('base64'))

test('written keys are appended in their order, and a key that is written is not listed as read', () => {
  const { footprint } = raiseResources(measured, { readWrite: [a, c, d, d], readOnly: [b, d] }).resources
  expect(ids(footprint.readWrite)).toEqual(ids([b, a, c, d]))
  expect(ids(footprint.readOnly)).toEqual([])
  const read = raiseResources(measured, { readOnly: [c, d, d, a] }).resources.footprint
  expect(ids(read.readWrite)).toEqual(ids([b, a]))
  expect(ids(read.readOnly)).toEqual(ids([c, d]))
})

test('limits and fee are raised by what is asked', () => {
  const raised = raiseResources(measured, {
    ...{ instructions: 1.25, moreInstructions: 3, diskReadBytes: 5, writeBytes: 6, fee: 8n },
  })
  expect(raised.resourceFee).toBe(15n)
  expect(raised.resources).toMatchObject({ instructions: 1_253, diskReadBytes: 105, writeBytes: 16 })
  expect(raiseResources(measured, {}).toXdr('base64')).toBe(measured.toXdr('base64'))
})

test('not above what the network allows, and never below what was measured', () => {
  const most = raiseResources(measured, { instructions: 1e9, diskReadBytes: 1e9, writeBytes: 1e9 }).resources
  const { instructions, diskReadBytes, writeBytes } = TX_LIMITS
  expect(most).toMatchObject({ instructions, diskReadBytes, writeBytes })
  const beyond = new SorobanDataBuilder().setResources(instructions + 1, 0, 0).build()
  expect(raiseResources(beyond, { instructions: 2 }).resources.instructions).toBe(instructions + 1)
})
