/** What an account has, read from the ledger itself, and how it gets what it lacks. */
import { type AccountState, addTrustline, fund, readHoldings } from '@stellartrain/sdk/account'
import { system, walletSigner } from './system.ts'

export const holdingsOf = (address: string): Promise<AccountState> => readHoldings(system(), address)

export const askFriendbot = (address: string): Promise<void> => fund(system(), address)

/** Lets the connected account hold an issued asset, so that a prize in it can arrive. */
export async function acceptAsset(asset: { code: string | null; issuer: string | null }): Promise<void> {
  if (asset.code && asset.issuer) await addTrustline(system(), `${asset.code}:${asset.issuer}`, walletSigner())
}
