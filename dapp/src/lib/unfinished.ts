/** Drafts that the sdk left in this browser's storage: read without loading the sdk. */

export type UnfinishedDraft = { fileName: string | null; stage: 'uploaded' | 'signed' }
type Wanted = { network: string; contract: string; challenge: number; solver: string }

export function unfinishedDraft(
  storage: Pick<Storage, 'length' | 'key' | 'getItem'>,
  wanted: Wanted,
): UnfinishedDraft | undefined {
  for (let index = 0; index < storage.length; index++) {
    const name = storage.key(index)
    if (!name?.startsWith('submission-')) continue
    try {
      const draft = JSON.parse(storage.getItem(name) ?? '') as Wanted & { fileName: string | null; stage: string }
      const same = (['network', 'contract', 'challenge', 'solver'] as const).every((key) => draft[key] === wanted[key])
      if (same && (draft.stage === 'uploaded' || draft.stage === 'signed'))
        return { fileName: draft.fileName, stage: draft.stage }
    } catch {
      // Not ours, or half written: as good as none.
    }
  }
  return undefined
}
