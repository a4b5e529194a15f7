/**
 * What was begun here and not finished, kept in this browser: the draft in its storage, the sealed file, which nobody else has until
 * it is handed out, in its cache, and there too what was sealed, for a judge. Where a browser keeps no files, one lives as long as the page.
 */
import {
  cacheFiles,
  type Draft,
  type DraftKey,
  type DraftStore,
  memoryFiles,
  storageDrafts,
} from '@stellartrain/sdk/drafts'
import type { Submission } from '../read/types.ts'
import { config } from '../site/config.ts'

let opened: DraftStore | undefined

/** Browsers have a cache only on pages that came by https or from this machine. */
export function browserDrafts(): DraftStore {
  const files = (name: string) => ('caches' in globalThis ? cacheFiles(caches, name) : memoryFiles())
  opened ??= storageDrafts(localStorage, files('stellartrain-drafts'), files('stellartrain-originals'))
  return opened
}

type Wanted = Pick<DraftKey, 'network' | 'contract' | 'challenge' | 'solver'>

/** The drafts of this account for this challenge that are not done, the newest first. */
export async function unfinishedDrafts(wanted: Wanted): Promise<Draft[]> {
  const keys = ['network', 'contract', 'challenge', 'solver'] as const
  const all = await browserDrafts().list()
  return all
    .filter((draft) => draft.stage !== 'handed_out' && keys.every((key) => draft[key] === wanted[key]))
    .toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
}

/** Whether this browser handed the file out, whether only the IPFS node took it, and how many oracles did; null where another machine did. */
export async function handedOut(
  of: Pick<Submission, 'challenge' | 'solver' | 'attempt'>,
): Promise<{ nodeOnly: boolean; oracles: number } | null> {
  const { passphrase: network, contract } = config()
  const { challenge, solver, attempt } = of
  const draft = await browserDrafts().read({ network, contract, challenge, solver, attempt })
  if (draft?.stage !== 'handed_out') return null
  const oracles = (draft.took ?? []).filter((who) => who !== 'ipfs').length
  return { nodeOnly: oracles === 0 && draft.took?.length === 1, oracles }
}
