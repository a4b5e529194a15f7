/** `stellartrain claim`: sends a labeler its earnings; anyone may. */
import { readFacts } from '../challenge/context.ts'
import { claim as send } from '../earnings/earnings.ts'
import { parseAddress } from '../system/names.ts'
import { challengeNumber, parse, wholeNumber } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson } from './io.ts'
import { readInput } from './read-write.ts'
import { money } from './show.ts'

export const claim: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      labeler: { type: 'string' },
      epoch: { type: 'string' },
      report: { type: 'string' },
    })
    const challenge = challengeNumber(positionals[0])
    const epoch = values.epoch === undefined ? undefined : wholeNumber('--epoch', values.epoch)
    const named = values.labeler === undefined ? undefined : parseAddress(values.labeler)
    const report = values.report === undefined ? undefined : readInput(values.report, io)
    const { client, signer, options } = await connect(values, io)
    const signs = signer()
    const labeler = named ?? signs.address
    const sent = await send(client, { challenge, labeler, epoch, report }, signs, options)
    if (values.json) printJson(io, { challenge, ...sent })
    else {
      const { token } = await readFacts(client, challenge, options)
      io.stdout(`${money(sent.amount, token)} sent to ${labeler}. Transaction ${sent.hash}\n`)
    }
    return EXIT.ok
  },
}
