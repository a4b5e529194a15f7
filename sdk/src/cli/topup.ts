/** `stellartrain topup`: adds to a challenge's prize, where it is paid by units or earnings, and to its oracles' fees. */
import { fromDecimal } from '@stellartrain/contracts-client/units'
import { addMoney } from '../challenge/challenge-admin.ts'
import { readFacts } from '../challenge/context.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson, UsageError } from './io.ts'
import { money } from './show.ts'

export const topup: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      prize: { type: 'string' },
      fees: { type: 'string' },
    })
    const challenge = challengeNumber(positionals[0])
    if (values.prize === undefined && values.fees === undefined) throw new UsageError('Give --prize or --fees.')
    const { client, signer, options } = await connect(values, io)
    const { token } = await readFacts(client, challenge, options)
    const added = {
      prize: amount('--prize', values.prize, token.decimals),
      fees: amount('--fees', values.fees, token.decimals),
    }
    const done = await addMoney(client, challenge, added, signer(), options)
    if (values.json) printJson(io, { challenge, ...added, ...done })
    else io.stdout(`${money(done.amount, token)} added to challenge ${challenge}. Transaction ${done.hash}\n`)
    return EXIT.ok
  },
}

function amount(name: string, text: string | undefined, decimals: number): bigint {
  if (text === undefined) return 0n
  let units: bigint
  try {
    units = fromDecimal(text, decimals)
  } catch (cause) {
    throw new UsageError(`${name}: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause })
  }
  if (units <= 0n) throw new UsageError(`${name} is an amount above 0, not "${text}".`)
  return units
}
