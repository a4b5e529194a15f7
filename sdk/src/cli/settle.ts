/** `stellartrain settle`: concludes and pays the submissions that have their verdict; anyone may. */
import { settleSubmissions } from '../challenge/challenge-admin.ts'
import { numbered } from '../story/words.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson } from './io.ts'

export const settle: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, NETWORK_OPTIONS)
    const challenge = challengeNumber(positionals[0])
    const { client, signer, options } = await connect(values, io)
    const { numbers, hash, ledger } = await settleSubmissions(client, challenge, signer(), options)
    if (values.json) printJson(io, { challenge, numbers, hash, ledger })
    else io.stdout(`Settled ${numbered(numbers)}. Transaction ${hash}\n`)
    return EXIT.ok
  },
}
