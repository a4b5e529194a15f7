/** A batch of labels as the oracles judge it, with the truth at hand: by its lease where the challenge hands those out. */
import type { Terms } from '@stellartrain/contracts-client'
import { quorum } from '@stellartrain/contracts-client/rules'
import type { SealedLease } from '@stellartrain/ipfs-content/lease'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { networkId } from '@stellartrain/ipfs-content/network'
import type { Accepted, Rejected } from '@stellartrain/oracle-grade'
import { rulesOf } from '../grade/answer-rules.ts'
import { readItems, unitTerms } from '../labeling/batch.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'

/** A batch as the chain names it; `time`: when it was in the ledger, unix seconds. */
export type NamedBatch = { solver: string; attempt: number; units: number; time: number }

/** `lease`: as it stands in the sealed file. */
export type BatchJudge = (submission: Uint8Array, of: NamedBatch, lease: SealedLease | undefined) => Accepted | Rejected

/**
 * Reads truth and items once, however many batches follow.
 * @throws ContentError when the items cannot be fetched, UserError `rule_not_supported`; GradeError, also when judging
 */
export async function batchJudge(
  client: StellarTrain,
  { id, terms, manifest }: { id: number; terms: Pick<Terms, 'payout' | 'oracles'>; manifest: Manifest },
  truth: { csv: Uint8Array; salt: Uint8Array },
  options: AbortOptions = {},
): Promise<BatchJudge> {
  const engine = await import('@stellartrain/oracle-grade')
  const { leaseHolds } = await import('@stellartrain/ipfs-content/lease')
  const { shape, truthShape } = engine.taskOf(manifest)
  const gold = engine.prepareTruth(truth.csv, truthShape(truth.csv))
  const items = engine.itemIds(await readItems(client, manifest, options), shape.idColumn)
  const minAccuracy = manifest.labeling?.minAccuracy ?? 1
  const answers = rulesOf(engine, manifest)
  const size = unitTerms(terms)?.size ?? 0
  const place = { network: await networkId(client.config.passphrase), contract: client.config.contract }
  const signers = { oracles: terms.oracles, quorum: quorum(terms) }
  return (submission, { solver, attempt, units, time }, lease) => {
    const batch = { challenge: id, labeler: solver, attempt }
    const input = { gold, items, minAccuracy, shape, answers, batch, units, submission, salt: truth.salt }
    if (manifest.labeling?.overlap === undefined) return engine.gradeBatch({ ...input, size })
    const held = lease && {
      expires: lease.expires,
      holds: (ids: readonly string[]) =>
        leaseHolds(
          { ...place, ...batch, layer: lease.layer, expires: lease.expires, items: ids },
          lease.signatures,
          signers,
        ),
    }
    return engine.gradeLeasedBatch({ ...input, time, lease: held })
  }
}
