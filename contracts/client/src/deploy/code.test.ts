/** The hashes of the contracts that a maker may name, against the committed files; `npm run contract` changes both. */
import { hash } from '@stellar/stellar-sdk/base'
import { expect, test } from 'vitest'
import { toHex } from '../encoding/hex.ts'
import { KNOWN_CODE } from './code.ts'
import { readGateWasm, readJuryWasm, readRecountWasm } from './wasm.ts'

test('the known code is that of the committed jury, gate and recount', async () => {
  expect(KNOWN_CODE).toEqual({
    jury: toHex(hash(await readJuryWasm())),
    gate: toHex(hash(await readGateWasm())),
    recount: toHex(hash(await readRecountWasm())),
  })
})
