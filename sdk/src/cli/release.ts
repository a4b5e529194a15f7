/** `stellartrain release`: sends what a submission is still owed; anyone may. */

import { releasePayment } from '../challenge/challenge-admin.ts'
import { ended } from '../story/words.ts'
import { readSubmission } from '../submit/submission-status.ts'
import { UserError } from '../system/problems.ts'
import { parse, submissionRef } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson } from './io.ts'
import { money } from './show.ts'

export const release: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      check: { type: 'boolean' },
      solver: { type: 'string' },
      attempt: { type: 'string' },
    })
    const name = submissionRef(positionals[0], values)
    const { client, signer, options } = await connect(values, io)
    const { challenge, solver, attempt, number, asset, story } = await readSubmission(client, name, options)
    const { owed } = story.amounts
    if (values.check) {
      if (owed.total === 0n)
        throw new UserError('nothing_owed', `Nothing is owed to this submission now. ${story.sentence}`)
      if (values.json) printJson(io, { challenge, solver, attempt, number, owed })
      else io.stdout(`Release would send ${money(owed.total, asset)} to ${solver}.\n${story.sentence}\n`)
      return EXIT.ok
    }
    if (owed.total > 0n)
      (values.json ? io.stderr : io.stdout)(
        `Sending ${money(owed.total, asset)} to ${solver}. ${story.label}: ${ended(story.why)}\n`,
      )
    const { amount, hash, ledger } = await releasePayment(client, { challenge, solver, attempt }, signer(), options)
    if (values.json) printJson(io, { challenge, solver, attempt, amount, hash, ledger })
    else io.stdout(`${money(amount, asset)} sent to ${solver}. Transaction ${hash}\n`)
    return EXIT.ok
  },
}
