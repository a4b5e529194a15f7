/** `stellartrain disclose`: a solver's own submission in a file that it can hand to a judge. */
import { readFacts } from '../challenge/context.ts'
import { discloseSubmission } from '../submit/disclose.ts'
import { namedSubmission, parse, submissionRef } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson } from './io.ts'
import { readInput, writeNew } from './read-write.ts'
import { draftsOf } from './resume-drafts.ts'

export const disclose: Command = {
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
