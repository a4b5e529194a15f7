/** `stellartrain cancel` and `close`: what sends a challenge's money back by its rules. */

import { cancelChallenge, closeChallenge } from '../challenge-admin.ts'
import { createClient } from '../client.ts'
import { readFacts } from '../context.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS, readConfig, readSecret, SIGNER_HELP } from './config.ts'
import { type Command, EXIT, printJson } from './io.ts'
import { money } from './show.ts'

function sending(name: string, summary: string, what: string, send: typeof closeChallenge): Command {
  return {
    summary,
    help: `Usage: stellartrain ${name} CHALLENGE [options]\n\n${what}\n\n${SIGNER_HELP}${NETWORK_HELP}`,
    async run(args, io) {
      const { values, positionals } = parse(args, NETWORK_OPTIONS)
      const challenge = challengeNumber(positionals[0])
      const config = readConfig(values, io)
      const client = createClient(config)
      const { signal } = io
      const { token, challenge: frozen } = await readFacts(client, challenge, { signal })
      const { amount, hash, ledger } = await send(client, challenge, readSecret(values, config, io), { signal })
      if (values.json) printJson(io, { challenge, amount, hash, ledger })
      else io.stdout(`${money(amount, token)} sent back to ${frozen.maker}, transaction ${hash}\n`)
      return EXIT.ok
    },
  }
}

export const cancel = sending(
  'cancel',
  'take a challenge back before it starts',
  'Sends everything back to the maker: by the maker until all oracles have accepted, by anybody once the time to accept is over.',
  cancelChallenge,
)

export const close = sending(
  'close',
  'send the maker what is left',
  'Sends the maker what the rules left, after the challenge is over. Anybody may call it, repeatedly.',
  closeChallenge,
)
