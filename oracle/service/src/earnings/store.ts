/**
 * What an oracle was handed for earnings, on disk before anybody is told: no ledger has it. A folder a challenge: a line of JSON for each
 * fact, and the sealed files by their hash. Whatever is lost here, the other oracles of the challenge have.
 */
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { makeFolder } from '@stellartrain/ipfs-content/folder'
import {
  type Appeal,
  appealSchema,
  type Review,
  reviewSchema,
  type SignedBatch,
  signedBatchSchema,
  type WorkList,
  workSchema,
} from '@stellartrain/ipfs-content/work'
import { z } from 'zod'
import type { Work } from '../grading/jobs.ts'

/** `time`: when it came, ledger time. */
export type Held = Readonly<{ batch: SignedBatch; time: number; work: Work }>

type Fact =
  | { type: 'batch'; batch: SignedBatch; time: number; work: Work }
  | { type: 'appeal'; appeal: Appeal }
  | { type: 'review'; review: Review }
  | { type: 'epoch'; list: WorkList }
  /** Before anything of it is posted: who forgets a list that gets its quorum could not go on. */
  | { type: 'candidate'; list: WorkList }

export type WorkStore = {
  /** By the hash of the sealed file. */
  readonly batches: ReadonlyMap<string, Held>
  /** Batches of a labeler, in the order in which they came. */
  ofLabeler(labeler: string): readonly Held[]
  /** Batches of one name, in the order in which they came: two devices of a labeler can each hand in one. */
  named(name: { labeler: string; attempt: number }): readonly Held[]
  readonly appeals: ReadonlyMap<string, Appeal>
  readonly reviews: readonly Review[]
  /** The lists of the epochs that have their quorum, in their order. */
  readonly epochs: readonly WorkList[]
  /** Lists that this oracle was about to post for the next epoch. */
  readonly candidates: readonly WorkList[]
  add(held: Held, sealed: Uint8Array): Promise<void>
  sealed(sha256: string): Promise<Uint8Array | undefined>
  appeal(appeal: Appeal): Promise<void>
  review(review: Review): Promise<void>
  adopt(list: WorkList): Promise<void>
  consider(list: WorkList): Promise<void>
}

const workOf = z.object({
  reason: z.number(),
  message: z.string(),
  layer: z.number(),
  expires: z.number(),
  ids: z.array(z.string()),
  answers: z.array(z.string()),
  known: z.array(z.object({ id: z.string(), right: z.boolean() })),
})

export const nameOf = ({ labeler, attempt }: { labeler: string; attempt: number }): string => `${labeler}/${attempt}`

/** @param onDamaged told of lines that cannot be read: what they say is asked of the other oracles */
export async function openWorkStore(folder: string, challenge: number, onDamaged: () => void): Promise<WorkStore> {
  const home = join(folder, String(challenge))
  makeFolder(home, 0o700)
  const journal = join(home, 'work.jsonl')
  const batches = new Map<string, Held>()
  // Hashes of files.
  const byLabeler = new Map<string, string[]>()
  const byName = new Map<string, string[]>()
  const appeals = new Map<string, Appeal>()
  const reviews: Review[] = []
  const epochs: WorkList[] = []
  let candidates: WorkList[] = []

  function put(held: Held): void {
    const { batch } = held
    // A file can come from two sides at once. It never gets another name: it holds the lease of that one.
    if (!batches.has(batch.sha256)) {
      addTo(byLabeler, batch.labeler, batch.sha256)
      addTo(byName, nameOf(batch), batch.sha256)
    }
    batches.set(batch.sha256, held)
  }

  const heldIn = (files: readonly string[] = []) => files.map((sha256) => batches.get(sha256)!)

  function take(fact: Fact): void {
    switch (fact.type) {
      case 'batch':
        put({ batch: fact.batch, time: fact.time, work: fact.work })
        return
      case 'appeal':
        // The first one stays, as it is told to who makes another.
        if (!appeals.has(nameOf(fact.appeal))) appeals.set(nameOf(fact.appeal), fact.appeal)
        return
      case 'review':
        if (fact.review.number === reviews.length + 1) reviews.push(fact.review)
        return
      case 'candidate':
        candidates.push(fact.list)
        return
      case 'epoch':
        if (fact.list.epoch === epochs.length + 1) {
          // What a quorum counted is what was decided, also where the reviewer signed two lists under one number.
          const before = epochs.reduce((sum, one) => sum + one.reviews.length, 0)
          reviews.splice(before, fact.list.reviews.length, ...fact.list.reviews)
          epochs.push(fact.list)
        }
        candidates = candidates.filter(({ epoch }) => epoch > epochs.length)
    }
  }

  let damaged = false
  const lines = createInterface({ input: createReadStream(journal), crlfDelay: Number.POSITIVE_INFINITY })
  try {
    for await (const line of lines) {
      const fact = factIn(line)
      if (fact === undefined) damaged = true
      else take(fact)
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  if (damaged) onDamaged()

  let last: Promise<unknown> = Promise.resolve()
  /** On disk when it resolves; one at a time. */
  function note(fact: Fact): Promise<void> {
    const next = last.then(async () => {
      const handle = await open(journal, 'a', 0o600)
      try {
        // A process that died while it wrote, or a full disk, left a line without an end.
        const line = `${damaged ? '\n' : ''}${JSON.stringify(fact)}\n`
        damaged = true
        await handle.writeFile(line)
        await handle.sync()
        damaged = false
      } finally {
        await handle.close()
      }
      take(fact)
    })
    last = next.catch(() => {})
    return next
  }

  const fileOf = (sha256: string) => join(home, `${sha256}.age`)
  return {
    batches,
    ofLabeler: (labeler) => heldIn(byLabeler.get(labeler)),
    named: (name) => heldIn(byName.get(nameOf(name))),
    appeals,
    reviews,
    epochs,
    get candidates() {
      return candidates
    },
    async add({ batch, time, work }, sealed) {
      const file = fileOf(batch.sha256)
      // The same file can come from two sides at once.
      const part = `${file}.${randomUUID()}.part`
      await writeFile(part, sealed, { mode: 0o600, flush: true })
      await rename(part, file)
      await note({ type: 'batch', batch, time, work })
    },
    async sealed(sha256) {
      if (!batches.has(sha256)) return undefined
      return new Uint8Array(await readFile(fileOf(sha256)))
    },
    appeal: (appeal) => note({ type: 'appeal', appeal }),
    review: (review) => note({ type: 'review', review }),
    adopt: (list) => note({ type: 'epoch', list }),
    consider: (list) => note({ type: 'candidate', list }),
  }
}

function addTo(index: Map<string, string[]>, key: string, sha256: string): void {
  const files = index.get(key)
  if (files) files.push(sha256)
  else index.set(key, [sha256])
}

/** Undefined for what cannot be read. */
function factIn(line: string): Fact | undefined {
  try {
    const fact = JSON.parse(line) as { type?: unknown; batch?: unknown; work?: unknown; time?: unknown } & Record<
      string,
      unknown
    >
    switch (fact.type) {
      case 'batch':
        return {
          ...{ type: 'batch', batch: signedBatchSchema.parse(fact.batch) },
          ...{ time: z.number().parse(fact.time), work: workOf.parse(fact.work) },
        }
      case 'appeal':
        return { type: 'appeal', appeal: appealSchema.parse(fact.appeal) }
      case 'review':
        return { type: 'review', review: reviewSchema.parse(fact.review) }
      case 'candidate':
        return { type: 'candidate', list: workSchema.parse(fact.list) }
      case 'epoch':
        return { type: 'epoch', list: workSchema.parse(fact.list) }
      default:
        return undefined
    }
  } catch {
    return undefined
  }
}
