/**
 * What has been done for a submission so far, kept outside the process: a process that dies between upload and submit resumes
 * where the work stopped, and nothing is ever submitted twice.
 */
import type { Envelope } from '@stellartrain/contracts-client'

export type Draft = {
  version: 1
  network: string
  contract: string
  challenge: number
  solver: string
  attempt: number
  /** Of the CSV, hex: a draft is only good for the file it was made of. */
  payloadSha256: string
  fileName: string | null
  /** The sealed file; on IPFS once `stage` is `uploaded`. */
  cid: string
  bytes: number
  stage: 'uploaded' | 'signed' | 'submitted'
  /** The signed transaction: followed to its end before another one is made. */
  envelope?: Envelope
  number?: number
  hash?: string
  ledger?: number
  /** RFC 3339. */
  updatedAt: string
}

export type DraftKey = Pick<Draft, 'network' | 'contract' | 'challenge' | 'solver' | 'attempt'>

export type DraftStore = {
  read(key: DraftKey): Promise<Draft | undefined>
  write(draft: Draft): Promise<void>
  remove(key: DraftKey): Promise<void>
}

/** A name that is safe as a file name and as a key. */
export function draftName({ network, contract, challenge, solver, attempt }: DraftKey): string {
  const place = network.replace(/[^a-zA-Z0-9]+/g, '-').toLowerCase()
  return `submission-${place}-${contract.slice(0, 12)}-${challenge}-${solver}-${attempt}`
}

export function memoryDrafts(): DraftStore {
  const drafts = new Map<string, Draft>()
  return {
    read: async (key) => drafts.get(draftName(key)),
    write: async (draft) => void drafts.set(draftName(draft), structuredClone(draft)),
    remove: async (key) => void drafts.delete(draftName(key)),
  }
}

/** For browsers: drafts hold no plaintext, only content ids and a signed transaction. */
export function storageDrafts(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): DraftStore {
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
  }
}

/** A draft that cannot be read is as good as none: the chain says what was submitted. */
export function parseDraft(text: string | null | undefined): Draft | undefined {
  if (!text) return undefined
  try {
    const draft = JSON.parse(text) as Draft
    return draft.version === 1 && typeof draft.cid === 'string' ? draft : undefined
  } catch {
    return undefined
  }
}

/** What is used of the browser's storage: these files are also checked where no DOM types are. */
type Storage = {
  getItem(name: string): string | null
  setItem(name: string, value: string): void
  removeItem(name: string): void
}
