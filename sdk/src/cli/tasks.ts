/** `stellartrain tasks`: the items of a labeler's next batch, as a file to fill in. */

import { readFacts } from '../challenge/context.ts'
import { readTasks, type Tasks } from '../labeling/batch.ts'
import { fileToFillIn } from '../labeling/filled-in.ts'
import { counted, partOf } from '../system/counted.ts'
import { isoTime } from '../system/iso-time.ts'
import { parseAddress } from '../system/names.ts'
import { howLines } from './answer-words.ts'
import { challengeNumber, parse, wholeNumber } from './args.ts'
import { tasksByEarnings } from './batch-by-earnings.ts'
import { columnWords } from './column-words.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { type Connection, connect } from './connect.ts'
import { type Command, EXIT, type Io, printJson } from './io.ts'
import { writeNew } from './read-write.ts'
import { draftsOf } from './resume-drafts.ts'
import { sameSigner } from './secret.ts'

export const tasks: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      labeler: { type: 'string' },
      attempt: { type: 'string' },
      out: { type: 'string' },
    })
    const challenge = challengeNumber(positionals[0])
    const attempt = values.attempt === undefined ? undefined : wholeNumber('--attempt', values.attempt)
    const named = values.labeler === undefined ? undefined : parseAddress(values.labeler)
    const connection = await connect(values, io)
    const found = await itemsOf(connection, { challenge, named, attempt }, io)
    const about = [...howLines(found), ...untilLine(found), ...progressLine(found)]
    if (values.json) printJson(io, found)
    else if (values.out === undefined) {
      io.stdout(fileToFillIn(found))
      for (const line of about) io.stderr(line)
    } else {
      writeNew(values.out, fileToFillIn(found), io)
      io.stdout(
        `${counted(found.rows.length, 'item')} of attempt ${found.attempt} ${found.rows.length === 1 ? 'is' : 'are'} in ${values.out}. Label every item there, in ${columnWords(found)}, then: npx stellartrain submit ${challenge} ${values.out}${sameSigner(values)}\n`,
      )
      for (const line of about) io.stdout(line)
    }
    return EXIT.ok
  },
}

async function itemsOf(
  connection: Connection,
  { challenge, named, attempt }: { challenge: number; named: string | undefined; attempt: number | undefined },
  io: Io,
): Promise<Tasks> {
  const { client, signer, options } = connection
  const { terms } = await readFacts(client, challenge, options)
  if (terms.payout.rule === 'earnings') {
    const other = named !== undefined || attempt !== undefined
    return tasksByEarnings(connection, { challenge, signer: signer(), other }, io)
  }
  const own = named === undefined ? signer() : undefined
  const wanted = { challenge, labeler: named ?? own?.address ?? '', attempt }
  return readTasks(client, wanted, { ...options, ...(own && { signer: own }), drafts: draftsOf(io) })
}

function untilLine({ expires }: Tasks): string[] {
  return expires === undefined ? [] : [`Submit it by ${isoTime(expires)}; until then no one else gets these items.\n`]
}

function progressLine({ progress }: Tasks): string[] {
  if (progress === undefined) return []
  const { accepted, places, held, covered, items } = progress
  return [
    `So far ${partOf(accepted, places, 'label', { verb: ['is', 'are'] })} accepted, ${held} in work; ${partOf(covered, items, 'item', { verb: ['has', 'have'] })} all labels.\n`,
  ]
}
