/**
 * What has been done for a submission so far, kept outside the process. The file is handed out only when the submission stands in the
 * ledger, so a process that dies in between must find the sealed bytes again: nothing else has them.
 */
import type { Envelope } from '@stellartrain/contracts-client'
import type { SealedLease } from '@stellartrain/ipfs-content/lease'
import { type DraftFiles, memoryFiles } from './draft-bytes.ts'
import { DRAFT_PREFIX, type DraftKey, draftName } from './draft-name.ts'

export type { DraftFiles } from './draft-bytes.ts'
export { cacheFiles, memoryFiles } from './draft-bytes.ts'
export { type DraftKey, draftName } from './draft-name.ts'

export type Draft = DraftKey & {
  version: 2
  /** Of the CSV, hex: a draft is only good for the file it was made of. */
  payloadSha256: string
  fileName: string | null
  /** The sealed file, which is kept beside the draft until it was handed out. */
  cid: string
  bytes: number
  /** Hex, as `submit` names it. */
  commitment: string
  /** Hex, of the commitment; it is in the sealed file, too, which its solver cannot open. Drafts of older versions lack it. */
  nonce?: string
  units: number
  /** As it stands in the sealed file, where batches of labels need one. */
  lease?: SealedLease
  stage: 'sealed' | 'signed' | 'submitted' | 'handed_out'
  /** Who took the file when it was handed out: `ipfs`, or an oracle's address. Drafts of older versions lack it. */
  took?: string[]
  /** The signed transaction: followed to its end before another one is made. */
  envelope?: Envelope
  number?: number
  hash?: string
  ledger?: number
  /** Unix seconds of that ledger's close. */
  closedAt?: number
  /** RFC 3339. */
  updatedAt: string
}

export type DraftStore = {
  read(key: DraftKey): Promise<Draft | undefined>
  write(draft: Draft): Promise<void>
  remove(key: DraftKey): Promise<void>
  /** Every draft in it, of any network. */
  list(): Promise<Draft[]>
  /** The sealed files, by the same keys. */
  readonly files: DraftFiles
  /** What was sealed, in clear, for `discloseSubmission`; a store without it keeps none. */
  readonly originals?: DraftFiles
  /** Leases of batches of labels, as JSON; a store without it keeps none, and the oracles are asked again. */
  readonly leases?: DraftFiles
}

export function memoryDrafts(): DraftStore {
  const drafts = new Map<string, Draft>()
  return {
    read: async (key) => drafts.get(draftName(key)),
    write: async (draft) => void drafts.set(draftName(draft), structuredClone(draft)),
    remove: async (key) => void drafts.delete(draftName(key)),
    list: async () => [...drafts.values()],
    files: memoryFiles(),
    originals: memoryFiles(),
    leases: memoryFiles(),
  }
}

/**
 * For browsers: drafts hold no plaintext, only content ids, a nonce and a signed transaction. `files`: `cacheFiles(caches)`; `originals`
 * keeps what was sealed, for `discloseSubmission` and for an appeal to the judge that grades.
 */
export function storageDrafts(storage: Storage, files: DraftFiles = memoryFiles(), originals?: DraftFiles): DraftStore {
  return {
    async read(key) {
      return parseDraft(storage.getItem(draftName(key)))
    },
    async write(draft) {
      storage.setItem(draftName(draft), JSON.stringify(draft))
    },
    async remove(key) {
      storage.removeItem(draftName(key))
    },
    async list() {
      const names = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '')
      return names
        .filter((name) => name.startsWith(DRAFT_PREFIX))
        .flatMap((name) => parseDraft(storage.getItem(name)) ?? [])
    },
    files,
    ...(originals && { originals }),
    leases: {
      keep: async (key, bytes) => storage.setItem(leaseName(key), new TextDecoder().decode(bytes)),
      async read(key) {
        const text = storage.getItem(leaseName(key))
        return text === null ? undefined : new TextEncoder().encode(text)
      },
      drop: async (key) => storage.removeItem(leaseName(key)),
    },
  }
}

const leaseName = (key: DraftKey) => `lease-${draftName(key)}`

/** A draft that cannot be read is as good as none: the chain says what was submitted. */
export function parseDraft(text: string | null | undefined): Draft | undefined {
  if (!text) return undefined
  try {
    const draft = JSON.parse(text) as Draft
    return draft.version === 2 && typeof draft.cid === 'string' ? draft : undefined
  } catch {
    return undefined
  }
}

/** What is used of the browser's storage: these files are also checked where no DOM types are. */
type Storage = {
  readonly length: number
  key(at: number): string | null
  getItem(name: string): string | null
  setItem(name: string, value: string): void
  removeItem(name: string): void
}
