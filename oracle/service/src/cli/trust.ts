/** `trust`: lets the oracle's account receive an asset, without which it accepts no challenge that pays in it. */
import { Operation } from '@stellar/stellar-sdk/base'
import {
  RESERVE,
  readAccount,
  readEntry,
  sendOperations,
  spendable,
  toDecimal,
  trustlineKey,
} from '@stellartrain/contracts-client'
import { issuedAsset } from './asset.ts'
import { type Command, parse, Refused, UsageError } from './command.ts'
import { connected } from './connect.ts'

export const trust: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, {}, 1)
    const asset = issuedAsset(positionals[0] ?? '')
    if (asset === undefined) throw new UsageError('Name the asset: CODE:ISSUER, such as USDC:GA5Z….')
    const { chain, identity } = connected(values.home, io)
    const { address } = identity
    const written = `${asset.getCode()}:${asset.getIssuer()}`
    const [account, issuer, line] = await Promise.all([
      readAccount(chain, address),
      readAccount(chain, asset.getIssuer()!),
      readEntry(chain, trustlineKey(address, asset)),
    ])
    if (issuer === undefined)
      throw new Refused('not_found', `The issuer ${asset.getIssuer()} does not exist on this network.`)
    if (line !== undefined || asset.getIssuer() === address) {
      io.out(`${address} can receive ${written} already; nothing was sent.\n`)
      return { code: 0, json: { oracle: address, asset: written, hash: null } }
    }
    if (account !== undefined && spendable(account) < RESERVE)
      throw new Refused(
        'no_funds',
        `A trustline keeps 0.5 XLM as a reserve, and ${address} has ${toDecimal(spendable(account), 7)} XLM to spend: send it some.`,
      )
    const { hash } = await sendOperations(chain, [Operation.changeTrust({ asset })], identity.keypair)
    io.out(`${address} can receive ${written}. Transaction ${hash}\n`)
    return { code: 0, json: { oracle: address, asset: written, hash } }
  },
}
