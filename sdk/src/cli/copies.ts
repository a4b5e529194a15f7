/** `stellartrain copies`: opened submissions of different solvers that resemble each other. */
import { findNearCopies } from '../near-copies.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson } from './io.ts'

const help = `Compare the opened submissions of a challenge, and list those of different solvers that resemble each other.

Usage: stellartrain copies CHALLENGE [options]

What everyone gets right says nothing, so the errors are compared: how far two files give the same wrong labels beyond
chance, or the rank correlation of what they are off by. This decides nothing: two honest models can come near each other.
Files of one solver are not compared. It works after the end, once oracles have opened truth and submissions.

Options
${NETWORK_HELP}
Examples
  stellartrain copies 7
  stellartrain copies 7 --json
`

const WORDS = {
  errors: 'go wrong in the same places',
  residuals: 'are off by the same amounts',
  cells: 'have the same cells',
} as const

export const copies: Command = {
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, NETWORK_OPTIONS)
    const challenge = challengeNumber(positionals[0])
    const { client, options } = await connect(values, io)
    const found = await findNearCopies(client, challenge, options)
    if (values.json) {
      printJson(io, { challenge, ...found })
      return EXIT.ok
    }
    for (const { numbers, solvers, measure, value } of found.pairs)
      io.stdout(
        `  ${value.toFixed(4)}  #${numbers[0]} and #${numbers[1]} ${WORDS[measure]}\n          ${solvers.join('\n          ')}\n`,
      )
    const { pairs, compared, opened, leftOut } = found
    io.stdout(
      `${pairs.length === 0 ? 'No' : pairs.length} ${pairs.length === 1 ? 'pair' : 'pairs'} of near-copies among ${compared} of ${opened} opened submissions.\n`,
    )
    if (leftOut.files > 0) io.stdout(`Not compared: the ${leftOut.files} behind the first 100.\n`)
    if (leftOut.steps > 0)
      io.stdout(`Not compared: ${leftOut.steps}, for all models together may take 20,000,000,000 steps.\n`)
    return EXIT.ok
  },
}
