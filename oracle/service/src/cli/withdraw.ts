/** `withdraw`: takes the fees that the contract holds for this oracle, and sends what the account has elsewhere. */
import { Asset, Operation, StrKey } from '@stellar/stellar-sdk/base'
import { type Chain, invoke, sendOperations, view, views, withdrawFees } from '@stellartrain/contracts-client'
import { candidates, IDS_PER_LOOK, readChallenge } from '../chain/reads.ts'
import { publicError } from '../errors.ts'
import { type Command, connected, HOME_HELP, parse, UsageError } from './command.ts'

const help = `Take the fees that the contract holds for this oracle; or send XLM or an asset out of its account.

Usage: stellartrain-oracle withdraw [--challenge N]              fees, of one challenge or of all
       stellartrain-oracle withdraw --to G… --amount N [--asset CODE:ISSUER]

A running oracle takes its fees by itself when a challenge is over. Leave some XLM for its transactions.

Options
${HOME_HELP}`

export const withdraw: Command = {
  help,
  async run(args, io) {
    const options = {
      challenge: { type: 'string' },
      to: { type: 'string' },
      amount: { type: 'string' },
      asset: { type: 'string' },
    } as const
    const { values } = parse(args, options)
    if ((values.to === undefined) !== (values.amount === undefined))
      throw new UsageError('Give --to and --amount together.')
    if (values.challenge !== undefined && !/^[1-9]\d{0,9}$/.test(values.challenge))
      throw new UsageError('--challenge is a number.')
    const { chain, identity } = connected(values.home, io)
    const { to, amount } = values
    if (to !== undefined && amount !== undefined) {
      if (!StrKey.isValidEd25519PublicKey(to)) throw new UsageError('--to is an account, G….')
      if (!/^\d{1,12}(\.\d{1,7})?$/.test(amount)) throw new UsageError('--amount is a number with at most 7 decimals.')
      const payment = Operation.payment({ destination: to, asset: assetOf(values.asset), amount })
      const { hash } = await sendOperations(chain, [payment], identity.keypair)
      io.out(`Sent ${amount} to ${to}. Transaction ${hash}\n`)
      return 0
    }
    const ids = values.challenge === undefined ? await all(chain, identity.address) : [Number(values.challenge)]
    let failed = 0
    let taken = 0
    for (const id of ids) {
      const challenge = await readChallenge(chain, id, identity.address, { signal: AbortSignal.timeout(60_000) })
      if (challenge === undefined || challenge.fees === 0n) continue
      try {
        const { hash } = await invoke(
          chain,
          withdrawFees({ oracle: identity.address, challenge: id }),
          identity.keypair,
        )
        taken++
        io.out(`Challenge ${id}: ${challenge.fees} base units. Transaction ${hash}\n`)
      } catch (error) {
        failed++
        io.out(`Challenge ${id}: ${challenge.fees} base units were not taken. ${publicError(error).message}\n`)
      }
    }
    if (taken + failed === 0) io.out('The contract holds no fees for this oracle.\n')
    return failed === 0 ? 0 : 1
  },
}

function assetOf(written: string | undefined): Asset {
  if (written === undefined || written === 'XLM' || written === 'native') return Asset.native()
  const [code = '', issuer = ''] = written.split(':')
  if (!/^[a-zA-Z0-9]{1,12}$/.test(code) || !StrKey.isValidEd25519PublicKey(issuer))
    throw new UsageError('--asset is CODE:ISSUER.')
  return new Asset(code, issuer)
}

/** Every challenge that may name the oracle. */
async function all(chain: Chain, address: string): Promise<number[]> {
  const signal = AbortSignal.timeout(300_000)
  const count = await view(chain, views.challenges(), { signal })
  const found: number[] = []
  for (let first = 1; first <= count; first += IDS_PER_LOOK)
    found.push(...(await candidates(chain, first, Math.min(count, first + IDS_PER_LOOK - 1), address, { signal })))
  return found
}
