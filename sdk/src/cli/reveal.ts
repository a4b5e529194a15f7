/** `stellartrain reveal`: the maker opens the truth after the end. */
import { toHex, view, views } from '@stellartrain/contracts-client'
import { openTruth } from '../challenge/challenge-admin.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson, UsageError } from './io.ts'
import { readInput } from './read-write.ts'
import { readSalt, SALT_OPTIONS } from './truth-keys.ts'

export const reveal: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      truth: { type: 'string' },
      ...SALT_OPTIONS,
    })
    const challenge = challengeNumber(positionals[0])
    if (!values.truth) throw new UsageError('Name the truth: --truth FILE.')
    const truth = readInput(values.truth, io)
    const { client, signer, options } = await connect(values, io)
    const { terms } = await view(client.chain, views.challenge({ challenge }), options)
    const salt = readSalt(values, toHex(terms.truth), io)
    const opened = await openTruth(client, { challenge, truth, salt }, signer(), options)
    if (values.json) printJson(io, { challenge, ...opened })
    else io.stdout(`The truth of challenge ${challenge} is open: ${opened.cid}. Transaction ${opened.hash}\n`)
    return EXIT.ok
  },
}
