/** `stellartrain cancel` and `close`: what sends a challenge's money back by its rules. */
import { cancelChallenge, closeChallenge } from '../challenge-admin.ts'
import { readFacts } from '../context.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson } from './io.ts'
import { SIGNER_HELP } from './secret.ts'
import { money } from './show.ts'

function sending(name: string, what: string, send: typeof closeChallenge): Command {
  return {
    help: `${what}\n\nUsage: stellartrain ${name} CHALLENGE [options]\n\nOptions\n${SIGNER_HELP}${NETWORK_HELP}`,
    async run(args, io) {
      const { values, positionals } = parse(args, NETWORK_OPTIONS)
      const challenge = challengeNumber(positionals[0])
      const { client, signer, options } = await connect(values, io)
      const { token, challenge: frozen } = await readFacts(client, challenge, options)
      const { amount, hash, ledger } = await send(client, challenge, signer(), options)
      if (values.json) printJson(io, { challenge, amount, hash, ledger })
      else io.stdout(`${money(amount, token)} sent back to ${frozen.maker}. Transaction ${hash}\n`)
      return EXIT.ok
    },
  }
}

export const cancel = sending(
  'cancel',
  'Send all of a challenge’s money back to its maker: by the maker until every oracle has accepted, by anyone once the\ntime to accept is over.',
  cancelChallenge,
)

export const close = sending(
  'close',
  'Send the maker what the rules left, after the challenge is over. Anyone may call it, repeatedly.',
  closeChallenge,
)
