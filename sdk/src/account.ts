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
import type { StellarTrain } from './client.ts'
import { UserError } from './problems.ts'

type Options = { signal?: AbortSignal | undefined }

export type Holding = {
  asset: { contract: string; code: string; issuer: string | null; decimals: number }
  /** Base units; null: cannot be received (no account, or no trustline). */
  balance: bigint | null
}

export type AccountState = { address: string; exists: boolean; holdings: Holding[] }

/** What an account has of XLM, of the configured assets and of `tokens` (written as in tokenContract()). */
export async function readHoldings(
  client: StellarTrain,
  address: string,
  { signal, tokens = [] }: Options & { tokens?: readonly string[] } = {},
): Promise<AccountState> {
  const { chain, config } = client
  const contracts = new Set(
    ['XLM', ...(config.assets ?? []).map((asset) => asset.contract), ...tokens].map((one) => tokenContract(chain, one)),
  )
  const [account, ...holdings] = await Promise.all([
    readAccount(chain, address, { signal }),
    ...[...contracts].map(async (contract) => {
      const token = await readToken(chain, contract, { signal })
      const { code, issuer, decimals } = token
      return {
        asset: { contract, code, issuer, decimals },
        balance: await readBalance(chain, token, address, { signal }),
      }
    }),
  ])
  return { address, exists: account !== undefined, holdings }
}

/** Test money, where the network gives it away. */
export function fund(client: StellarTrain, address: string, options: Options = {}): Promise<void> {
  return fundWithFriendbot(client.chain, address, options)
}

/** Lets the signer's account hold an asset, `CODE:ISSUER`. */
export async function addTrustline(
  client: StellarTrain,
  written: string,
  signer: SignerLike,
  options: InvokeOptions = {},
) {
  const [code, issuer] = written.split(':')
  if (!code || !issuer) throw new UserError('bad_input', `"${written}" names no issued asset; write CODE:ISSUER.`)
  const operation = Operation.changeTrust({ asset: new Asset(code, issuer) })
  return sendOperations(client.chain, [operation], signer, options)
}
