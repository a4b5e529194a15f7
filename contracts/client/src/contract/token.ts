/** What a token is and who holds how much of it, read from the ledger. */
import { Address, Asset, StrKey, scValToNative, type xdr } from '@stellar/stellar-sdk/base'
import { ChainFailure } from '../failures.ts'
import type { Chain } from '../rpc/chain.ts'
import { balanceKey, instanceKey } from '../rpc/keys.ts'
import { type ReadOptions, readEntry } from '../rpc/ledger.ts'
import { view } from '../transaction/simulate.ts'

export type Token = {
  /** `C…` */
  contract: string
  /** The classic asset that an asset contract wraps; undefined for other tokens. */
  asset: Asset | undefined
  /** `XLM` for the native one; the token's symbol where there is no asset. */
  code: string
  issuer: string | null
  decimals: number
  /** Hash of the code of a token that is no asset contract. */
  wasmHash: Uint8Array | undefined
}

const known = new WeakMap<Chain['rpc'], Map<string, Promise<Token>>>()

/** Reads a token's description; it never changes, so it is read once per connection. @throws ChainFailure `not_found` */
export function readToken(chain: Chain, contract: string, options: ReadOptions = {}): Promise<Token> {
  const tokens = known.get(chain.rpc) ?? new Map<string, Promise<Token>>()
  known.set(chain.rpc, tokens)
  const cached = tokens.get(contract)
  if (cached) return cached
  const reading = fetchToken(chain, contract, options)
  tokens.set(contract, reading)
  reading.catch(() => tokens.delete(contract))
  return reading
}

async function fetchToken(chain: Chain, contract: string, options: ReadOptions): Promise<Token> {
  if (!StrKey.isValidContract(contract)) {
    throw new ChainFailure('bad_input', `"${contract}" is not a token contract's address.`)
  }
  const entry = await readEntry(chain, instanceKey(contract), options)
  const instance = entry?.data.type === 'contractData' ? entry.data.contractData.val : undefined
  if (instance?.type !== 'scvContractInstance') {
    throw new ChainFailure('not_found', `There is no contract ${contract} on this network.`)
  }
  const { executable, storage } = instance.instance
  if (executable.type !== 'contractExecutableStellarAsset') return fetchOtherToken(chain, contract, executable, options)
  const asset = wrappedAsset(storage ?? [])
  if (!asset || asset.contractId(chain.network.passphrase) !== contract) {
    throw new ChainFailure('rpc_bad_answer', `The asset contract ${contract} does not say which asset it wraps.`)
  }
  return {
    contract,
    asset,
    code: asset.isNative() ? 'XLM' : asset.getCode(),
    issuer: asset.getIssuer() ?? null,
    decimals: 7,
    wasmHash: undefined,
  }
}

/** The metadata's name is `native` or `CODE:ISSUER`. */
function wrappedAsset(storage: readonly xdr.ScMapEntry[]): Asset | undefined {
  const metadata = storage.find(({ key }) => key.type === 'scvSymbol' && String(key.value) === 'METADATA')
  const name = metadata ? (scValToNative(metadata.val) as { name?: unknown }).name : undefined
  if (name === 'native') return Asset.native()
  const [code, issuer] = String(name ?? '').split(':')
  return code && issuer ? new Asset(code, issuer) : undefined
}

async function fetchOtherToken(
  chain: Chain,
  contract: string,
  executable: xdr.ContractExecutable,
  options: ReadOptions,
): Promise<Token> {
  const ask = <T>(method: string) =>
    view<T>(chain, { contract, method, args: [], decode: (value) => scValToNative(value) as T }, options)
  const [code, decimals] = await Promise.all([ask<string>('symbol'), ask<number>('decimals')])
  const wasmHash = executable.type === 'contractExecutableWasm' ? executable.wasmHash.value : undefined
  return { contract, asset: undefined, code: String(code), issuer: null, decimals: Number(decimals), wasmHash }
}

/** The contract id of a classic asset, written `XLM`, `native` or `CODE:ISSUER`; a `C…` address is returned as it is. */
export function tokenContract(chain: Chain, written: string): string {
  if (StrKey.isValidContract(written)) return written
  if (written === 'XLM' || written === 'native') return Asset.native().contractId(chain.network.passphrase)
  const [code, issuer] = written.split(':')
  if (!code || !issuer || !StrKey.isValidEd25519PublicKey(issuer)) {
    throw new ChainFailure('bad_input', `"${written}" names no asset; write XLM, CODE:ISSUER or a contract's address.`)
  }
  return new Asset(code, issuer).contractId(chain.network.passphrase)
}

/**
 * What a holder has in a token, in base units. Null: it cannot receive it, because the account or its trustline is missing.
 */
export async function readBalance(
  chain: Chain,
  token: Token,
  holder: string,
  options: ReadOptions = {},
): Promise<bigint | null> {
  if (!token.asset) {
    return view<bigint>(
      chain,
      {
        contract: token.contract,
        method: 'balance',
        args: [new Address(holder).toScVal()],
        decode: (value) => BigInt(scValToNative(value) as bigint),
      },
      options,
    )
  }
  const key = balanceKey(token.contract, token.asset, holder)
  if (!key) return null
  const entry = (await readEntry(chain, key, options))?.data
  if (entry?.type === 'account') return entry.account.balance
  if (entry?.type === 'trustline') return entry.trustLine.balance
  if (entry?.type === 'contractData') return (scValToNative(entry.contractData.val) as { amount: bigint }).amount
  return holder.startsWith('C') ? 0n : null
}
