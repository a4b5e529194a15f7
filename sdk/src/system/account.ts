/** What an account needs before it can take part: to exist, and to be able to hold the prize's asset. */
import { Asset, Operation } from '@stellar/stellar-sdk/base'
import {
  fundWithFriendbot,
  type InvokeOptions,
  readAccount,
  readBalance,
  readToken,
  type SignerLike,
  sendOperations,
  tokenContract,
} from '@stellartrain/contracts-client'
import { createApi } from './api.ts'
import type { StellarTrain } from './client.ts'
import { parseAddress, parseAsset, parseIssuedAsset } from './names.ts'
import type { AbortOptions } from './options.ts'
import { UserError } from './problems.ts'

export type Holding = {
  asset: { contract: string; code: string; issuer: string | null; decimals: number }
  /** Base units; null: cannot be received (no account, or no trustline). */
  balance: bigint | null
}

export type AccountState = { address: string; exists: boolean; holdings: Holding[] }

/**
 * What an account holds of XLM, of the configured assets and of `tokens` (`CODE:ISSUER` or a token contract). A ledger cannot be
 * asked for all that an account holds, only for what is named.
 * @throws UserError `bad_value`, ChainFailure
 */
export async function readHoldings(
  client: StellarTrain,
  address: string,
  { signal, tokens = [] }: AbortOptions & { tokens?: readonly string[] } = {},
): Promise<AccountState> {
  const { chain, config } = client
  const account = parseAddress(address)
  const named = ['XLM', ...(config.assets ?? []).map((asset) => asset.contract), ...tokens]
  const contracts = new Set(named.map((one) => tokenContract(chain, parseAsset(one))))
  const [exists, ...holdings] = await Promise.all([
    // A contract's address has balances, and no account behind it.
    account.startsWith('C') || readAccount(chain, account, { signal }).then((found) => found !== undefined),
    ...[...contracts].map(async (contract) => {
      const token = await readToken(chain, contract, { signal })
      const { code, issuer, decimals } = token
      return {
        asset: { contract, code, issuer, decimals },
        balance: await readBalance(chain, token, account, { signal }),
      }
    }),
  ])
  return { address: account, exists, holdings }
}

/** The token contracts of all challenges, from the index. @throws UserError `api_unreachable`, `api_refused` */
export async function challengeAssets({ config, fetch }: StellarTrain, options: AbortOptions = {}): Promise<string[]> {
  const { locked, paid } = await createApi(config, { fetch }).totals(options)
  return [...new Set([...locked, ...paid].map(({ asset }) => asset.contract))]
}

/** Test money, where the network gives it away. @throws UserError `bad_value`, ChainFailure */
export function fund(client: StellarTrain, address: string, options: AbortOptions = {}): Promise<void> {
  return fundWithFriendbot(client.chain, parseAddress(address), options)
}

/** Lets the signer's account hold an asset, `CODE:ISSUER`. @throws UserError `bad_value`, ChainFailure */
export async function addTrustline(
  client: StellarTrain,
  written: string,
  signer: SignerLike,
  options: InvokeOptions = {},
) {
  const { code, issuer } = parseIssuedAsset(written)
  if (!(await readAccount(client.chain, issuer, { signal: options.signal })))
    throw new UserError('not_found', `The issuer ${issuer} does not exist on this network.`)
  const operation = Operation.changeTrust({ asset: new Asset(code, issuer) })
  return sendOperations(client.chain, [operation], signer, options)
}
