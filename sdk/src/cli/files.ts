/** `stellartrain files`: what a challenge has published. */
import { type ChallengeFile, listFiles } from '../opened/challenge-files.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson } from './io.ts'
import { size } from './show.ts'

export const files: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, NETWORK_OPTIONS)
    const challenge = challengeNumber(positionals[0])
    const { client, options } = await connect(values, io)
    const found = await listFiles(client, challenge, options)
    const { hash: _, ...shown } = found
    if (values.json) printJson(io, shown)
    else {
      const opened = found.openedBy.length === 0 ? 'The truth is not open.' : `Opened by ${found.openedBy.join(', ')}.`
      io.stdout(`Challenge ${challenge}: ${found.title}\n${found.files.map(line).join('')}${opened}\n`)
      for (const problem of found.unusable) io.stdout(`${problem}\n`)
    }
    return EXIT.ok
  },
}

function line({ name, role, bytes, cid, submission }: ChallengeFile): string {
  const copies =
    submission && submission.copies.length > 1 ? `, ${submission.copies.length} different files opened` : ''
  const what = submission ? `by ${submission.solver}${copies}` : role
  return `  ${name.padEnd(24)} ${size(bytes).padStart(9)}  ${what}\n      ${cid}\n`
}
