/** `stellartrain topup`: adds to a challenge's prize, where it is paid by units or earnings, and to its oracles' fees. */
import { fromDecimal } from '@stellartrain/contracts-client/units'
import { addMoney } from '../challenge-admin.ts'
import { createClient } from '../client.ts'
import { readFacts } from '../context.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS, readConfig, readSecret, SIGNER_HELP } from './config.ts'
import { type Command, EXIT, printJson, UsageError } from './io.ts'
import { money } from './show.ts'

const help = `Usage: stellartrain topup CHALLENGE [--prize AMOUNT] [--fees AMOUNT] [options]

Adds money to a challenge until its deadline; anybody may. A prize can be added where units or earnings are paid; bounties
and rankings have theirs locked from the start.

  --prize AMOUNT      for more labels, decimal, in the challenge's asset
  --fees AMOUNT       for the oracles
${SIGNER_HELP}${NETWORK_HELP}`

export const topup: Command = {
  summary: "add to a challenge's prize or fees",
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      prize: { type: 'string' },
      fees: { type: 'string' },
    })
    const challenge = challengeNumber(positionals[0])
    if (values.prize === undefined && values.fees === undefined) throw new UsageError('Give --prize or --fees.')
    const config = readConfig(values, io)
    const client = createClient(config)
    const { signal } = io
    const { token } = await readFacts(client, challenge, { signal })
    const amount = (text: string | undefined) => (text === undefined ? 0n : read(text, token.decimals))
    const added = { prize: amount(values.prize), fees: amount(values.fees) }
    const done = await addMoney(client, challenge, added, readSecret(values, config, io), { signal })
    if (values.json) printJson(io, { challenge, ...added, ...done })
    else io.stdout(`${money(done.amount, token)} added to challenge ${challenge}, transaction ${done.hash}\n`)
    return EXIT.ok
  },
}

function read(text: string, decimals: number): bigint {
  try {
    return fromDecimal(text, decimals)
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
