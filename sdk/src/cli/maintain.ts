/** `stellartrain cancel` and `close`: what sends a challenge's money back by its rules. */
import { cancelChallenge, closeChallenge, readClosing } from '../challenge/challenge-admin.ts'
import { readFacts } from '../challenge/context.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson } from './io.ts'
import { money } from './show.ts'

export const cancel: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, NETWORK_OPTIONS)
    const challenge = challengeNumber(positionals[0])
    const { client, signer, options } = await connect(values, io)
    const { token, challenge: frozen } = await readFacts(client, challenge, options)
    const { amount, hash, ledger } = await cancelChallenge(client, challenge, signer(), options)
    if (values.json) printJson(io, { challenge, amount, hash, ledger })
    else io.stdout(`${money(amount, token)} sent back to ${frozen.maker}. Transaction ${hash}\n`)
    return EXIT.ok
  },
}

export const close: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, { ...NETWORK_OPTIONS, check: { type: 'boolean' } })
    const challenge = challengeNumber(positionals[0])
    const { client, signer, options } = await connect(values, io)
    const { token, challenge: frozen } = await readFacts(client, challenge, options)
    if (values.check) {
      const closing = await readClosing(client, challenge, options)
      if (values.json) printJson(io, { challenge, closing })
      else
        io.stdout(
          `Close would send ${money(closing.total, token)} to ${frozen.maker}: ${money(closing.prize, token)} of the prize and ${money(closing.budget, token)} of the fee budget. ${money(closing.keptPrize + closing.keptBudget, token)} stays for what can still be won.\n`,
        )
      return EXIT.ok
    }
    const { amount, hash, ledger } = await closeChallenge(client, challenge, signer(), options)
    if (values.json) printJson(io, { challenge, amount, hash, ledger })
    else io.stdout(`${money(amount, token)} sent back to ${frozen.maker}. Transaction ${hash}\n`)
    return EXIT.ok
  },
}
