/** `stellartrain disclose`: a solver's own submission in a file that it can hand to a judge. */
import { readFacts } from '../challenge/context.ts'
import { discloseSubmission } from '../submit/disclose.ts'
import { namedSubmission, parse, submissionRef } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson } from './io.ts'
import { readInput, writeNew } from './read-write.ts'
import { draftsOf } from './resume-drafts.ts'

const help = `Write your submission, unencrypted, to a file that proves to a judge what you submitted.

Usage: stellartrain disclose SUBMISSION [options]

The file holds your content and the nonce of the commitment that you made when you submitted. Give it to the judge over a
channel that you both trust: anyone who has it can read your work. \`stellartrain judge check\` verifies it. This works on
the machine that submitted, whose home folder keeps both. A submission is named 7/3, or 7/G…/1 by solver and attempt.

Options
  --out FILE          where to write it (default: submission-7-3.disclosure)
  --file CSV          the file that you submitted, if no copy of it was kept here
  --solver G…         name the submission by solver, and
  --attempt N         attempt, with the challenge's number as the argument
${NETWORK_HELP}`

export const disclose: Command = {
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      out: { type: 'string' },
      file: { type: 'string' },
      solver: { type: 'string' },
      attempt: { type: 'string' },
    })
    const name = submissionRef(positionals[0], values)
    const content = values.file === undefined ? undefined : readInput(values.file, io)
    const { client, options } = await connect(values, io)
    const ref = await namedSubmission(client, name, options)
    const { terms } = await readFacts(client, ref.challenge, options)
    const { number, bytes } = await discloseSubmission(client, ref, { drafts: draftsOf(io), content }, options)
    const file = values.out ?? `submission-${ref.challenge}-${number}.disclosure`
    writeNew(file, bytes, io, 0o600)
    if (values.json) {
      printJson(io, { ...ref, number, file, bytes: bytes.length })
      return EXIT.ok
    }
    const none = 'This challenge has no judge. Whoever you show it to'
    io.stdout(
      `Wrote ${file}: it matches the commitment of submission ${ref.challenge}/${number} in the ledger.\nAnyone who has it can read your work. ${terms.judge ? 'The judge' : none} checks it with: npx stellartrain judge check ${ref.challenge}/${number} ${file}\n`,
    )
    return EXIT.ok
  },
}
