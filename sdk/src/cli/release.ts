/** `stellartrain release`: sends what a submission is still owed; anyone may. */

import { releasePayment } from '../challenge-admin.ts'
import { readFacts } from '../context.ts'
import { readSubmission } from '../submission-status.ts'
import { parse, submissionRef } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson } from './io.ts'
import { SIGNER_HELP } from './secret.ts'
import { money } from './show.ts'

const help = `Send a submission's solver everything that it is still owed: a held prize, the deposit, its part of the silence share.

Usage: stellartrain release SUBMISSION [options]

Anyone may call it; the money goes only to the solver. A submission is named 7/3, or 7/G…/1 by solver and attempt.

Options
  --check             only show what would be sent
  --solver G…         name the submission by solver, and
  --attempt N         attempt, with the challenge's number as the argument
${SIGNER_HELP}${NETWORK_HELP}`

export const release: Command = {
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      check: { type: 'boolean' },
      solver: { type: 'string' },
      attempt: { type: 'string' },
    })
    const name = submissionRef(positionals[0], values)
    const { client, signer, options } = await connect(values, io)
    const { challenge, solver, attempt, number, owed } = await readSubmission(client, name, options)
    const { token } = await readFacts(client, challenge, options)
    if (values.check) {
      if (values.json) printJson(io, { challenge, solver, attempt, number, owed })
      else io.stdout(`Release would send ${money(owed, token)} to ${solver}.\n`)
      return EXIT.ok
    }
    if (owed > 0n) (values.json ? io.stderr : io.stdout)(`Sending ${money(owed, token)} to ${solver}\n`)
    const { amount, hash, ledger } = await releasePayment(client, { challenge, solver, attempt }, signer(), options)
    if (values.json) printJson(io, { challenge, solver, attempt, amount, hash, ledger })
    else io.stdout(`${money(amount, token)} sent to ${solver}. Transaction ${hash}\n`)
    return EXIT.ok
  },
}
