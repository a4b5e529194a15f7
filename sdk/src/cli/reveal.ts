/** `stellartrain reveal`: the maker opens the truth after the end. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { openTruth } from '../challenge-admin.ts'
import { createClient } from '../client.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS, readConfig, readSecret, SIGNER_HELP } from './config.ts'
import { type Command, EXIT, printJson, UsageError } from './io.ts'

const help = `Usage: stellartrain reveal CHALLENGE --truth FILE --salt HEX [options]

Opens the truth of your challenge after its end, so that anybody can recompute the scores. The salt was printed into
the file that \`stellartrain create --keep FILE\` wrote. Both are checked against the commitment first.

  --truth FILE        the truth CSV, byte for byte as it was sealed
  --salt HEX          64 hexadecimal digits
${SIGNER_HELP}${NETWORK_HELP}`

export const reveal: Command = {
  summary: 'open the truth of your challenge',
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      truth: { type: 'string' },
      salt: { type: 'string' },
    })
    const challenge = challengeNumber(positionals[0])
    if (!values.truth || !/^[0-9a-f]{64}$/i.test(values.salt ?? '')) {
      throw new UsageError('Give --truth FILE and --salt HEX (64 digits).')
    }
    const config = readConfig(values, io)
    const truth = new Uint8Array(readFileSync(resolve(io.cwd, values.truth)))
    const salt = Uint8Array.from(Buffer.from(values.salt ?? '', 'hex'))
    const opened = await openTruth(createClient(config), { challenge, truth, salt }, readSecret(values, config, io), {
      signal: io.signal,
    })
    if (values.json) printJson(io, { challenge, ...opened })
    else io.stdout(`The truth of challenge ${challenge} is open: ${opened.cid}, transaction ${opened.hash}\n`)
    return EXIT.ok
  },
}
