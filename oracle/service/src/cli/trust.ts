/** `trust`: lets the oracle's account receive an asset, without which it accepts no challenge that pays in it. */
import { Asset, Operation, StrKey } from '@stellar/stellar-sdk/base'
import { sendOperations } from '@stellartrain/contracts-client'
import { type Command, connected, HOME_HELP, parse, UsageError } from './command.ts'

const help = `Add a trustline, so that the oracle can be paid in an asset.

Usage: stellartrain-oracle trust CODE:ISSUER

Options
${HOME_HELP}`

export const trust: Command = {
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, {}, 1)
    const [code = '', issuer = ''] = (positionals[0] ?? '').split(':')
    if (!/^[a-zA-Z0-9]{1,12}$/.test(code) || !StrKey.isValidEd25519PublicKey(issuer))
      throw new UsageError('Name the asset: CODE:ISSUER, such as USDC:GA5Z….')
    const { chain, identity } = connected(values.home, io)
    const { hash } = await sendOperations(
      chain,
      [Operation.changeTrust({ asset: new Asset(code, issuer) })],
      identity.keypair,
    )
    io.out(`${identity.address} can receive ${code}. Transaction ${hash}\n`)
    return 0
  },
}
