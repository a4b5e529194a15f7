/** `stellartrain reveal`: the maker opens the truth after the end. */
import { openTruth } from '../challenge-admin.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson, UsageError } from './io.ts'
import { readInput } from './read-write.ts'
import { SIGNER_HELP } from './secret.ts'

const help = `Open the truth of your challenge after its end, so that anyone can recompute the scores.

Usage: stellartrain reveal CHALLENGE --truth FILE --salt HEX [options]

\`stellartrain create --keep FILE\` wrote the salt. Truth and salt are checked against the commitment first.

Options
  --truth FILE        the truth CSV, byte for byte as it was sealed
  --salt HEX          64 hexadecimal digits
${SIGNER_HELP}${NETWORK_HELP}`

export const reveal: Command = {
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      truth: { type: 'string' },
      salt: { type: 'string' },
    })
    const challenge = challengeNumber(positionals[0])
    if (!values.truth) throw new UsageError('Name the truth: --truth FILE.')
    if (!/^[0-9a-f]{64}$/i.test(values.salt ?? '')) throw new UsageError('--salt is 64 hexadecimal digits.')
    const truth = readInput(values.truth, io)
    const salt = Uint8Array.from(Buffer.from(values.salt ?? '', 'hex'))
    const { client, signer, options } = await connect(values, io)
    const opened = await openTruth(client, { challenge, truth, salt }, signer(), options)
    if (values.json) printJson(io, { challenge, ...opened })
    else io.stdout(`The truth of challenge ${challenge} is open: ${opened.cid}. Transaction ${opened.hash}\n`)
    return EXIT.ok
  },
}
