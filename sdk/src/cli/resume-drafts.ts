/** Commands go on by themselves with what was begun here: a file whose submission stands in the ledger is handed out. */
import { join } from 'node:path'
import { fileDrafts } from '../draft-files.ts'
import type { DraftStore } from '../drafts.ts'
import { resumeDrafts } from '../resume.ts'
import { homeFolder } from './config.ts'
import type { Connection } from './connect.ts'
import type { Io } from './io.ts'

export const draftsOf = (io: Io): DraftStore => fileDrafts(join(homeFolder(io), 'drafts'))

/** Says what was handed out; what cannot be now is left for the next command. */
export async function resumeOwn({ client, options }: Connection, io: Io): Promise<void> {
  for (const { submitted, handedOut } of await resumeDrafts(client, draftsOf(io), options))
    io.stderr(
      `Handed out the file of submission ${submitted.challenge}/${submitted.number} to ${handedOut.took.join(', ')}\n`,
    )
}
