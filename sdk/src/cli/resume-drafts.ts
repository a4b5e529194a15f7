/** Commands go on by themselves with what was begun here: a file whose submission stands in the ledger is handed out. */
import { join } from 'node:path'
import { fileDrafts } from '../drafts/draft-files.ts'
import type { DraftStore } from '../drafts/drafts.ts'
import { followDrafts, handOutAll, type Submitted } from '../submit/resume.ts'
import { homeFolder } from './config.ts'
import type { Connection } from './connect.ts'
import type { Io } from './io.ts'

export const draftsOf = (io: Io): DraftStore => fileDrafts(join(homeFolder(io), 'drafts'))

/** Says what was handed out; what cannot be now is left for the next command. */
export async function resumeOwn(connection: Connection, io: Io): Promise<void> {
  const { client, options } = connection
  await handOutOwn(connection, await followDrafts(client, draftsOf(io), options), io)
}

export async function handOutOwn(
  { client, options }: Connection,
  submitted: readonly Submitted[],
  io: Io,
): Promise<void> {
  const onWaiting = (who: string[], graceMs: number) => io.stderr(`${waitingLine(who, graceMs / 1_000)}\n`)
  for (const one of await handOutAll(client, draftsOf(io), submitted, { ...options, onWaiting }))
    io.stderr(
      `Handed out the file of submission ${one.submitted.challenge}/${one.submitted.number} to ${one.handedOut.took.join(', ')}\n`,
    )
}

/** What a hand-out waits for; one taker is enough, so nothing depends on it. */
export const waitingLine = (who: readonly string[], seconds: number): string =>
  `Handed out; waiting up to ${seconds} s for ${who.join(' and ')} to take it, too`
