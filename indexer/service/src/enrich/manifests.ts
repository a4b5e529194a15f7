/** Titles and tags out of manifests: checked against their CID and schema, never in the way of the events. */
import { ContentError, MANIFEST_MAX_BYTES, type Manifest, parseManifest } from '@stellartrain/ipfs-content'
import { fetchCid } from '@stellartrain/ipfs-content/fetch'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../store/database.ts'
import { type Job, putOff, revise } from './queue.ts'

export type ManifestOptions = {
  db: Kysely<Database>
  gateways: readonly string[]
  now: () => number
  signal: AbortSignal
}

/** @returns what went wrong on the way to the gateways, or `null`. What is wrong with the content itself is final. */
export async function enrichManifest({ db, gateways, now, signal }: ManifestOptions, job: Job): Promise<string | null> {
  let manifest: Manifest
  try {
    const bytes = await fetchCid(job.key, { gateways, maxBytes: MANIFEST_MAX_BYTES, timeoutMs: 20_000, signal })
    manifest = parseManifest(bytes)
  } catch (error) {
    if (signal.aborted) return null
    if (error instanceof ContentError && !error.retryable) {
      await refuse(db, job, error.code)
      return null
    }
    await putOff(db, 'manifests', job, Math.floor(now() / 1000))
    return error instanceof Error ? error.message : String(error)
  }
  await keep(db, job, manifest)
  return null
}

async function keep(db: Kysely<Database>, job: Job, manifest: Manifest): Promise<void> {
  const { kind, metric, baseline } = manifest
  const [title, summary, license] = [manifest.title, manifest.summary, manifest.license].map(plainText)
  const tags = manifest.tags.map(plainText)
  await sql`update manifests set state = 'known', last_error = null, title = ${title}, summary = ${summary},
      tags = ${tags}, kind = ${kind}, license = ${license}, metric = ${metric.id}, baseline = ${baseline.score},
      words = setweight(to_tsvector('simple', ${title}), 'A') || setweight(to_tsvector('simple', ${tags.join(' ')}), 'B')
        || setweight(to_tsvector('simple', ${summary}), 'C')
    where cid = ${job.key}`.execute(db)
  await revise(db)
}

async function refuse(db: Kysely<Database>, job: Job, code: string): Promise<void> {
  await sql`update manifests set state = 'refused', last_error = ${code} where cid = ${job.key}`.execute(db)
}

/** A maker's text: no NUL (no column takes one) and no control characters that could disturb a page or a terminal. */
function plainText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ').trim()
}
