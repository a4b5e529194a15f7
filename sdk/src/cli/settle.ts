/** `stellartrain settle`: makes final and pays the submissions that have their votes; anyone may. */
import { settleSubmissions } from '../challenge-admin.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson } from './io.ts'
import { SIGNER_HELP } from './secret.ts'

const help = `Make final, in order, the submissions that have their votes, and pay them.

Usage: stellartrain settle CHALLENGE [options]

Oracles do this as they vote; anyone may do it where they stopped. Each call takes up to 40 submissions.

Options
${SIGNER_HELP}${NETWORK_HELP}`

export const settle: Command = {
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, NETWORK_OPTIONS)
    const challenge = challengeNumber(positionals[0])
    const { client, signer, options } = await connect(values, io)
    const { from, to, hash, ledger } = await settleSubmissions(client, challenge, signer(), options)
    if (values.json) printJson(io, { challenge, from, to, hash, ledger })
    else {
      const which = from === to ? `Submission ${from} is` : `Submissions ${from} to ${to} are`
      io.stdout(`${which} final. Transaction ${hash}\n`)
    }
    return EXIT.ok
  },
}
