/** A solver's appeal to the judge that grades: how far it is, opening the work, and the file that lets another machine do it; loaded on demand. */
import { discloseSubmission } from '@stellartrain/sdk/disclose'
import type { DraftKey } from '@stellartrain/sdk/drafts'
import { type Appealed, appealSubmission } from '@stellartrain/sdk/recount'
import { type RecountStanding, readRecount } from '@stellartrain/sdk/recount-standing'
import { config } from '../site/config.ts'
import { browserDrafts } from './drafts.ts'
import { system, walletSigner } from './system.ts'

export type { Appealed, RecountStanding }

export type Mine = { challenge: number; solver: string; attempt: number }

/** What is open, and what the rest costs; and whether this browser keeps what opens it. */
export async function appealOf(mine: Mine): Promise<RecountStanding & { kept: 'all' | 'nonce' | 'nothing' }> {
  const [standing, kept] = await Promise.all([readRecount(system(), mine), keptOf(mine)])
  return { ...standing, kept }
}

async function keptOf({ challenge, solver, attempt }: Mine): Promise<'all' | 'nonce' | 'nothing'> {
  const { passphrase: network, contract } = config()
  const key: DraftKey = { network, contract, challenge, solver, attempt }
  const drafts = browserDrafts()
  if (!(await drafts.read(key))?.nonce) return 'nothing'
  return (await drafts.originals?.read(key)) ? 'all' : 'nonce'
}

/** What a solver brings, where this browser lacks it: the file that it submitted, or a disclosure. */
export type Brought = { bytes: Uint8Array; kind: 'content' | 'disclosure' }

export function openMine(
  mine: Mine,
  brought: Brought | undefined,
  onChunk: (open: number, of: number) => void,
): Promise<Appealed> {
  const content = brought?.kind === 'content' ? brought.bytes : undefined
  const from = brought?.kind === 'disclosure' ? { disclosure: brought.bytes } : { drafts: browserDrafts(), content }
  return appealSubmission(system(), mine, from, walletSigner(), { onChunk })
}

/** The work with its nonce, as one file: whoever has it can open the work. */
export const disclosureOf = (mine: Mine): Promise<{ number: number; bytes: Uint8Array<ArrayBuffer> }> =>
  discloseSubmission(system(), mine, { drafts: browserDrafts() })
