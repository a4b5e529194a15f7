/**
 * Results of a challenge that pays per unit, for its maker alone: the keys of accepted batches, sealed to the age key that the manifest
 * names. A key opens one file, whose bytes anyone can fetch; so nothing is handed over twice, and no stanza more is in a submission.
 */
import { createHash } from 'node:crypto'
import type { LabelsResults } from '@stellartrain/ipfs-content/work'
import { HttpError } from '@stellartrain/service'
import { type Challenge, knownSubmissions } from '../chain/challenge.ts'
import type { Entry } from '../chain/entry.ts'
import type { Watch } from '../chain/watch.ts'
import { type InputsCache, requestOf } from '../challenge-files/cache.ts'
import type { Keyring } from '../challenge-files/keyring.ts'
import { type UnlockDeps, unlockEntry } from '../challenge-files/unlock-submission.ts'
import { type Results, sentResults } from './sent-results.ts'

export type UnitResultsDeps = UnlockDeps &
  Readonly<{
    watch: Pick<Watch, 'get'>
    inputsCache: InputsCache
    keyring: Keyring
    /** Milliseconds that only grow. */
    monotonic: () => number
  }>

export type UnitResults = {
  /** Whether a challenge is one that pays per unit; of others somebody else knows. */
  isOf(challenge: number): boolean
  /** @throws HttpError where they are opened to no one, or to everyone */
  at(challenge: number): Promise<Results>
}

type File = LabelsResults['files'][number]
type Kept = {
  files: Map<number, File>
  /** What was sent last, of so many accepted batches. */
  sent: Promise<Results> | undefined
  scored: number
  busy: boolean
  /** Before then nothing is fetched again that could not be had. */
  notBefore: number
}

/** Before what could not be fetched is tried again. */
const AGAIN_MS = 30_000
/** Challenges whose keys are kept; others are opened again. */
const MOST_KEPT = 64

export function createUnitResults(deps: UnitResultsDeps): UnitResults {
  const { watch, inputsCache, keyring, monotonic } = deps
  const kept = new Map<number, Kept>()

  function keptOf(id: number): Kept {
    const known: Kept = kept.get(id) ?? { files: new Map(), sent: undefined, scored: 0, busy: false, notBefore: 0 }
    kept.delete(id)
    kept.set(id, known)
    for (const old of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(old)
    return known
  }

  async function openAll(challenge: Challenge, maxBytes: number, entries: readonly Entry[], files: Kept['files']) {
    const key = await keyring.get(challenge)
    for (const entry of entries) {
      if (files.has(entry.number)) continue
      // What cannot be fetched now is there at a later time; its reader is told what is missing.
      const file = await unlockEntry(entry, { challenge, maxBytes, key }, deps).catch(() => undefined)
      if (file === undefined || 'reason' in file) continue
      const sha256 = createHash('sha256').update(file.sealed).digest('hex')
      files.set(entry.number, { sha256, fileKey: file.fileKey })
    }
    return [...files.values()]
  }

  return {
    isOf: (id) => watch.get(id)?.terms.payout.rule === 'per_unit',
    async at(id) {
      const challenge = watch.get(id)
      if (challenge === undefined || (challenge.accepted[challenge.seat] ?? 0) === 0)
        throw new HttpError(404, 'no_work', `This oracle has no results of challenge ${id}.`)
      const { manifest } = await inputsCache.get(requestOf(challenge))
      const results = manifest.labeling?.results
      if (results === undefined || results === 'everyone')
        throw new HttpError(403, 'not_opened', 'The manifest names no key to which these labels are sealed.')
      const scored = knownSubmissions(challenge).filter(({ status }) => status.status === 'scored')
      const of = keptOf(id)
      const waits = of.busy || (of.scored === scored.length && monotonic() < of.notBefore)
      // However many ask: opening and sealing is work.
      if (of.sent !== undefined && waits) return of.sent
      const entries = scored.flatMap(({ number }) => challenge.entries.get(number) ?? [])
      of.busy = true
      of.scored = scored.length
      of.sent = openAll(challenge, manifest.submission.maxBytes, entries, of.files)
        .then((files) => {
          of.notBefore = files.length === scored.length ? Number.POSITIVE_INFINITY : monotonic() + AGAIN_MS
          return sentResults(deps.place, challenge, files, results)
        })
        .finally(() => {
          of.busy = false
        })
      of.sent.catch(() => {
        of.sent = undefined
      })
      return of.sent
    },
  }
}
