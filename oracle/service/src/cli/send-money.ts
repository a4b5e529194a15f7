/** A payment out of the oracle's account, refused before it costs a fee where the ledger would not carry it out. */
import { type Asset, Operation } from '@stellar/stellar-sdk/base'
import { type Chain, readAccount, readEntry, spendable, toDecimal, trustlineKey } from '@stellartrain/contracts-client'
import { Refused } from './command.ts'

export type Payment = Readonly<{ from: string; to: string; asset: Asset /** Base units. */; amount: bigint }>

/** The operation that makes it: to an account that is not there yet, XLM makes it. @throws Refused, ChainFailure */
export async function paymentOf(chain: Chain, { from, to, asset, amount }: Payment) {
  const [own, destination] = await Promise.all([readAccount(chain, from), readAccount(chain, to)])
  if (own === undefined)
    throw new Refused(
      'no_account',
      `The account ${from} does not exist on this network. It begins to exist with its first XLM.`,
    )
  const xlm = asset.isNative()
  const has = xlm ? afterFee(spendable(own)) : await balanceOf(chain, from, asset)
  if (has === null)
    throw new Refused('no_trustline', `${from} has no trustline for ${asset.getCode()}, and none of it.`)
  if (amount > has) {
    const rest = xlm ? ': the network keeps the rest as a reserve, for the account and each of its entries' : ''
    throw new Refused(
      'no_funds',
      `${from} can send at most ${toDecimal(has, 7)} ${xlm ? 'XLM' : asset.getCode()}${rest}.`,
    )
  }
  if (destination === undefined) {
    if (!xlm)
      throw new Refused(
        'no_account',
        `The account ${to} does not exist on this network: it needs XLM and a trustline first.`,
      )
    if (amount < NEW_ACCOUNT)
      throw new Refused('no_account', `The account ${to} does not exist on this network yet: send it at least 1 XLM.`)
    return Operation.createAccount({ destination: to, startingBalance: toDecimal(amount, 7) })
  }
  if (!xlm && (await balanceOf(chain, to, asset)) === null)
    throw new Refused('no_trustline', `${to} has no trustline for ${asset.getCode()}: its owner has to add one.`)
  return Operation.payment({ destination: to, asset, amount: toDecimal(amount, 7) })
}

/** What makes an account, stroops. */
const NEW_ACCOUNT = 10_000_000n

/** What its own transaction may cost, stroops. */
const FEE = 100_000n

const afterFee = (free: bigint) => (free > FEE ? free - FEE : 0n)

/** Null: it cannot hold the asset. An issuer has as much of its own as it wants. */
async function balanceOf(chain: Chain, holder: string, asset: Asset): Promise<bigint | null> {
  if (asset.getIssuer() === holder) return 2n ** 63n - 1n
  const data = (await readEntry(chain, trustlineKey(holder, asset)))?.data
  return data?.type === 'trustline' ? data.trustLine.balance : null
}
