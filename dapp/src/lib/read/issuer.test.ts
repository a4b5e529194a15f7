import { Keypair, xdr } from '@stellar/stellar-sdk'
import { describe, expect, it } from 'vitest'
import { accountKey, issuerWords, powersOf } from './issuer.ts'

const issuer = Keypair.random()
const id = () => issuer.xdrPublicKey()

function entry(flags: number, inflation: boolean): string {
  return xdr.LedgerEntryData.account(
    new xdr.AccountEntry({
      accountId: id(),
      balance: 10n,
      seqNum: 5n,
      numSubEntries: 1,
      inflationDest: inflation ? id() : null,
      flags,
      homeDomain: 'example.org',
      thresholds: new Uint8Array([1, 0, 0, 0]),
      signers: [],
      ext: xdr.AccountEntryExt.v0(),
    } as never),
  ).toXdr('base64')
}

describe("an issuer's powers", () => {
  it('are asked for by the key that the SDK would write', () => {
    const key = xdr.LedgerKey.account(new xdr.LedgerKeyAccount({ accountId: id() } as never)).toXdr('base64')
    expect(accountKey(issuer.publicKey())).toBe(key)
    expect(accountKey('GABC')).toBeNull()
  })
  it('are read from the entry, with and without an inflation destination', () => {
    for (const inflation of [false, true]) {
      expect(powersOf(entry(0, inflation))).toEqual({ required: false, revocable: false, clawback: false })
      expect(powersOf(entry(0x2, inflation))).toMatchObject({ revocable: true, clawback: false })
      expect(powersOf(entry(0xb, inflation))).toEqual({ required: true, revocable: true, clawback: true })
    }
  })
  it('are a risk where they exist or are not known, and only then', () => {
    expect(issuerWords('USDC', 'GAB6…AICX', null)).toMatchObject({
      risk: true,
      text: expect.stringContaining('may be able to'),
    })
    const none = { required: false, revocable: false, clawback: false }
    expect(issuerWords('USDC', 'GAB6…AICX', none).risk).toBe(false)
    expect(issuerWords('USDC', 'GAB6…AICX', { ...none, clawback: true }).text).toContain('can take balances back')
  })
})
