/** `stellartrain release`: sends what a submission is still owed; anybody may. */

import { releasePayment } from '../challenge-admin.ts'
import { createClient } from '../client.ts'
import { readFacts } from '../context.ts'
import { locate } from '../history.ts'
import { parse, submissionRef } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS, readConfig, readSecret, SIGNER_HELP } from './config.ts'
import { type Command, EXIT, printJson } from './io.ts'
import { money } from './show.ts'

const help = `Usage: stellartrain release CHALLENGE/NUMBER [options]

Sends all that a submission is still owed to its solver: a held prize, the deposit, its part of the silence share.
Anybody may call it; the money goes to the solver only.

  --solver G…, --attempt N   name the submission without its number
${SIGNER_HELP}${NETWORK_HELP}`

export const release: Command = {
  summary: 'send what a submission is still owed',
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      solver: { type: 'string' },
      attempt: { type: 'string' },
    })
    const config = readConfig(values, io)
    const client = createClient(config)
    const { signal } = io
    const ref = submissionRef(positionals[0], values)
    const secret = readSecret(values, config, io)
    const found = 'solver' in ref ? ref : await locate(client, ref.challenge, ref.number, { signal })
    const { token } = await readFacts(client, found.challenge, { signal })
    const { amount, hash, ledger } = await releasePayment(client, found, secret, { signal })
    if (values.json) printJson(io, { ...found, amount, hash, ledger })
    else io.stdout(`${money(amount, token)} sent to ${found.solver}, transaction ${hash}\n`)
    return EXIT.ok
  },
}
