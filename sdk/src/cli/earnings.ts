/** `stellartrain earnings`: what a challenge's labelers have earned, and an oracle's vote on the next epoch. */

import { resolve } from 'node:path'
import { toHex } from '@stellartrain/contracts-client'
import { acceptEarnings, postEarnings, prepareEarnings, readEarnings } from '../earnings/earnings.ts'
import { counted } from '../system/counted.ts'
import { readAmounts } from './amounts-file.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson, UsageError } from './io.ts'
import { money } from './show.ts'

export const earnings: Command = {
  async run(args, io) {
    const { values, positionals } = parse(
      args,
      { ...NETWORK_OPTIONS, file: { type: 'string' }, check: { type: 'boolean' } },
      2,
    )
    const verb = ['post', 'accept'].find((one) => one === positionals[0])
    const challenge = challengeNumber(positionals[verb ? 1 : 0])
    if (verb === 'post' && !values.file) throw new UsageError('Name the file with the amounts: --file FILE.')
    const { client, signer, seed, options } = await connect(values, io)
    if (verb === 'accept') {
      const accepted = await acceptEarnings(client, challenge, { signer: signer(), seed: seed() }, options)
      if (values.json) printJson(io, { challenge, ...accepted })
      else io.stdout(`Accepted. Transaction ${accepted.hash}\n`)
      return EXIT.ok
    }
    const { facts, state } = await readEarnings(client, challenge, options)
    const show = (amount: bigint) => money(amount, facts.token)
    if (verb === undefined) {
      if (values.json) printJson(io, { challenge, ...state })
      else {
        const { epochs, total, claimed, free } = state
        io.stdout(
          `Challenge ${challenge}: ${counted(epochs, 'epoch')}, ${show(total)} earned, ${show(claimed)} of it claimed; ${show(free)} free\n`,
        )
      }
      return EXIT.ok
    }
    const leaves = readAmounts(resolve(io.cwd, values.file ?? ''), facts.token.decimals)
    const prepared = await prepareEarnings(client, challenge, leaves, options)
    const { epoch, total, added, labelers, root } = prepared
    const say = values.json ? io.stderr : io.stdout
    say(
      `Epoch ${epoch}: ${counted(labelers, 'labeler')}, ${show(total)} in total, ${show(added)} more than before\n  root ${toHex(root)}\n`,
    )
    if (values.check) {
      if (values.json) printJson(io, { challenge, epoch, total, added, labelers, root })
      return EXIT.ok
    }
    const posted = await postEarnings(client, prepared, signer(), options)
    if (values.json) printJson(io, { challenge, ...posted })
    else {
      const next = posted.quorum
        ? 'This was the quorum: labelers can claim.'
        : 'Labelers can claim once the quorum agrees.'
      io.stdout(`Posted. Transaction ${posted.hash}\n${next}\n`)
    }
    return EXIT.ok
  },
}
