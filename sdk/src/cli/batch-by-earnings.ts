/** `stellartrain tasks` and `submit` where labels are paid by earnings: a batch is signed and handed to the oracles, without a transaction. */
import type { Signer } from '@stellartrain/contracts-client'
import { checkBatch, handInBatch, readWork } from '../earnings/work.ts'
import type { Tasks } from '../labeling/batch.ts'
import { counted } from '../system/counted.ts'
import type { Connection } from './connect.ts'
import { EXIT, type Io, printJson, UsageError } from './io.ts'
import { draftsOf } from './resume-drafts.ts'

/** The items of the labeler's next batch; another's, or those of an earlier attempt, are leased to no one here. */
export async function tasksByEarnings(
  { client, options }: Connection,
  { challenge, signer, other }: { challenge: number; signer: Signer; other: boolean },
  io: Io,
): Promise<Tasks> {
  if (other)
    throw new UsageError(
      `Challenge ${challenge} pays by earnings and leases items to whoever signs: leave out --labeler and --attempt.`,
    )
  return readWork(client, { challenge }, { ...options, signer, drafts: draftsOf(io) })
}

export async function submitByEarnings(
  { client, options }: Connection,
  { challenge, csv, signer }: { challenge: number; csv: Uint8Array; signer: Signer },
  { check, wait, json }: { check?: boolean | undefined; wait?: boolean | undefined; json?: boolean | undefined },
  io: Io,
): Promise<number> {
  if (wait)
    throw new UsageError(
      `Challenge ${challenge} pays by earnings: its verdicts come with an epoch, not with a submission. Leave out --wait, and look with: npx stellartrain labels batches ${challenge}`,
    )
  const batch = { ...options, challenge, csv, signer, drafts: draftsOf(io) }
  if (check) {
    const { attempt, rows } = await checkBatch(client, batch)
    if (json) printJson(io, { ok: true, attempt, rows })
    else io.stdout(`The file passes the check: ${counted(rows, 'row')}. This would be batch ${attempt}.\n`)
    return EXIT.ok
  }
  const found = await handInBatch(client, batch)
  if (json) printJson(io, { challenge, labeler: signer.address, ...found })
  else
    io.stdout(
      `  Submitted: batch ${found.attempt}, ${counted(found.units, 'answer')}, to ${found.took.join(', ')}\n  Its verdict is shown once its epoch is posted: npx stellartrain labels batches ${challenge}\n`,
    )
  return EXIT.ok
}
