/** `stellartrain withdraw`: sends an oracle the fees that it earned in a challenge; anyone may. */
import { withdrawFees } from '../challenge/challenge-admin.ts'
import { readFacts } from '../challenge/context.ts'
import { parseAddress } from '../system/names.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson } from './io.ts'
import { money } from './show.ts'

export const withdraw: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, { ...NETWORK_OPTIONS, oracle: { type: 'string' } })
    const challenge = challengeNumber(positionals[0])
    const named = values.oracle === undefined ? undefined : parseAddress(values.oracle)
    const { client, signer, options } = await connect(values, io)
    const signs = signer()
    const oracle = named ?? signs.address
    const { token } = await readFacts(client, challenge, options)
    const { amount, hash, ledger } = await withdrawFees(client, challenge, oracle, signs, options)
    if (values.json) printJson(io, { challenge, oracle, amount, hash, ledger })
    else io.stdout(`${money(amount, token)} sent to ${oracle}. Transaction ${hash}\n`)
    return EXIT.ok
  },
}
