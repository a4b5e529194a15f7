/** Where things stand on the ledger: the keys of the contract's entries, of balances and of contracts themselves. */
import { Address, type Asset, Keypair, nativeToScVal, xdr } from '@stellar/stellar-sdk/base'
import { accountKey } from './ledger.ts'

/** A persistent entry of a contract under an enum key: `[Symbol(name), …arguments]`. */
export function dataKey(contract: string, name: string, ...args: xdr.ScVal[]): xdr.LedgerKey {
  return contractData(contract, xdr.ScVal.scvVec([xdr.ScVal.scvSymbol(name), ...args]))
}

/** A persistent entry of the contract under a key of bytes, as `contracts/stellartrain/src/storage.rs` packs it. */
function packedKey(contract: string, ...parts: ArrayLike<number>[]): xdr.LedgerKey {
  return contractData(contract, bytes(Uint8Array.from(parts.flatMap((part) => Array.from(part)))))
}

/** First byte of a submission's key. */
const SUBMISSION = 1

const u32 = (value: number) => nativeToScVal(value, { type: 'u32' })
const address = (value: string) => new Address(value).toScVal()
const bytes = (value: Uint8Array) => nativeToScVal(value, { type: 'bytes' })

function bigEndian(value: number): Uint8Array {
  const out = new Uint8Array(4)
  new DataView(out.buffer).setUint32(0, value)
  return out
}

export const storage = {
  nextChallenge: (contract: string) => dataKey(contract, 'NextChallenge'),
  challenge: (contract: string, challenge: number) => dataKey(contract, 'Challenge', u32(challenge)),
  state: (contract: string, challenge: number) => dataKey(contract, 'State', u32(challenge)),
  board: (contract: string, challenge: number) => dataKey(contract, 'Board', u32(challenge)),
  submission: (contract: string, challenge: number, solver: string, attempt: number) =>
    packedKey(contract, [SUBMISSION], bigEndian(challenge), bigEndian(attempt), address(solver).toXdr()),
  solver: (contract: string, challenge: number, solver: string) =>
    dataKey(contract, 'Solver', u32(challenge), address(solver)),
  oracle: (contract: string, oracle: string) => dataKey(contract, 'Oracle', address(oracle)),
  oracleKey: (contract: string, oracle: string, version: number) =>
    dataKey(contract, 'OracleKey', address(oracle), u32(version)),
  reveal: (contract: string, challenge: number, by: string) => dataKey(contract, 'Reveal', u32(challenge), address(by)),
  maker: (contract: string, maker: string) => dataKey(contract, 'Maker', address(maker)),
  rankings: (contract: string, challenge: number) => dataKey(contract, 'Rankings', u32(challenge)),
  shares: (contract: string, challenge: number) => dataKey(contract, 'Shares', u32(challenge)),
  earnings: (contract: string, challenge: number) => dataKey(contract, 'Earnings', u32(challenge)),
  epoch: (contract: string, challenge: number, epoch: number) => dataKey(contract, 'Epoch', u32(challenge), u32(epoch)),
  claimed: (contract: string, challenge: number, labeler: string) =>
    dataKey(contract, 'Claimed', u32(challenge), address(labeler)),
} as const

/** Entries of the contract of records and badges. */
export const recordsStorage = {
  /** → `SolverRecord`. */
  record: (records: string, solver: string) => dataKey(records, 'Record', address(solver)),
  /** → u32, how many badges were minted. */
  badges: (records: string) => dataKey(records, 'Badges'),
  /** → `Badge`, until it is burned. */
  badge: (records: string, badge: number) => dataKey(records, 'Badge', u32(badge)),
} as const

/** The entry that says what a contract runs. */
export function instanceKey(contract: string): xdr.LedgerKey {
  return contractData(contract, xdr.ScVal.scvLedgerKeyContractInstance())
}

export function codeKey(wasmHash: Uint8Array): xdr.LedgerKey {
  return xdr.LedgerKey.contractCode(new xdr.LedgerKeyContractCode({ hash: new xdr.Hash(wasmHash) }))
}

/** A contract address's balance in a token. Asset contracts and most others keep it under this key. */
export function contractBalanceKey(token: string, holder: string): xdr.LedgerKey {
  return dataKey(token, 'Balance', address(holder))
}

export function trustlineKey(account: string, asset: Asset): xdr.LedgerKey {
  return xdr.LedgerKey.trustline(
    new xdr.LedgerKeyTrustLine({
      accountId: Keypair.fromPublicKey(account).xdrAccountId(),
      asset: asset.toTrustLineXdrObject(),
    }),
  )
}

/**
 * The entry that a payment in this token changes for a holder; none for the issuer of an asset, whose receipts are burnt.
 * `asset` is what an asset contract wraps; undefined for other tokens.
 */
export function balanceKey(token: string, asset: Asset | undefined, holder: string): xdr.LedgerKey | undefined {
  if (holder.startsWith('C') || !asset) return contractBalanceKey(token, holder)
  if (asset.isNative()) return accountKey(holder)
  return asset.getIssuer() === holder ? undefined : trustlineKey(holder, asset)
}

function contractData(contract: string, key: xdr.ScVal): xdr.LedgerKey {
  return xdr.LedgerKey.contractData(
    new xdr.LedgerKeyContractData({
      contract: new Address(contract).toScAddress(),
      key,
      durability: xdr.ContractDataDurability.persistent,
    }),
  )
}
