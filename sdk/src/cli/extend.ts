/** `stellartrain extend`: keeps a challenge and its submissions in the ledger's live storage for longer; anyone may. */
import { extendLifetimes } from '../challenge/challenge-admin.ts'
import { counted, partOf } from '../system/counted.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson } from './io.ts'

export const extend: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, NETWORK_OPTIONS)
    const challenge = challengeNumber(positionals[0])
    const { client, signer, options } = await connect(values, io)
    const say = values.json ? io.stderr : io.stdout
    const { submissions, transactions } = await extendLifetimes(client, challenge, signer(), {
      ...options,
      onBatch: (hash, done, of) => say(`  ${partOf(done, of, 'submission')}, transaction ${hash}\n`),
    })
    if (values.json) printJson(io, { challenge, submissions, transactions })
    else
      io.stdout(
        `Challenge ${challenge} ${submissions === 0 ? 'has' : `and ${counted(submissions, 'submission')} have`} the longest lifetime again.\n`,
      )
    return EXIT.ok
  },
}
