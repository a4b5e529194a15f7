/** `stellartrain appeal`: a solver opens its work to the judge that grades, which scores it and rules. */
import { scoreToDecimal } from '@stellartrain/contracts-client'
import { appealSubmission } from '../recount.ts'
import { namedSubmission, parse, submissionRef } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson } from './io.ts'
import { readInput } from './read-write.ts'
import { draftsOf } from './resume-drafts.ts'
import { SIGNER_HELP } from './secret.ts'

const help = `Open your submission to the judge that grades, a contract: it computes the score and rules in the same transaction.

Usage: stellartrain appeal SUBMISSION [options]

For challenges whose judge is the contract that grades (\`stellartrain recount --help\`), between their grade_by and judge_by,
once someone has opened the truth. Your work is public from then on. Works on the machine that submitted, whose home folder
keeps the nonce; one transaction for each 64 KiB. Broken off, it resumes where it was. A submission is named 7/3, or 7/G…/1 by
solver and attempt.

Options
  --file CSV          the file that you submitted, where no copy of it was kept here
  --solver G…         name the submission by solver, and
  --attempt N         attempt, with the challenge's number as the argument
${SIGNER_HELP}${NETWORK_HELP}`

export const appeal: Command = {
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      file: { type: 'string' },
      solver: { type: 'string' },
      attempt: { type: 'string' },
    })
    const name = submissionRef(positionals[0], values)
    const content = values.file === undefined ? undefined : readInput(values.file, io)
    const { client, signer, options } = await connect(values, io)
    const ref = await namedSubmission(client, name, options)
    const onChunk = (open: number, of: number) => io.stderr(`Opened chunk ${open} of ${of}\n`)
    const from = { drafts: draftsOf(io), content }
    const done = await appealSubmission(client, ref, from, signer(), { ...options, onChunk })
    if (values.json) printJson(io, { ...done, score: String(done.score) })
    else
      io.stdout(
        `Recounted on the ledger: submission ${done.challenge}/${done.number} scores ${scoreToDecimal(done.score)}, before it is rounded to the step.\n`,
      )
    return EXIT.ok
  },
}
