/**
 * What labelers have earned, epoch by epoch, where earnings are paid: it follows from the lists of work alone, so that every oracle comes to
 * the same amounts, and whoever has the opened files to the same again. Amounts only grow: what was paid once is never taken back.
 */

export interface WorkedBatch {
  readonly labeler: string
  readonly attempt: number
  /** Which label of each of its items this is, from 1. */
  readonly layer: number
  readonly ids: readonly string[]
  /** In the order of `ids`. */
  readonly answers: readonly string[]
  readonly known: readonly { readonly id: string; readonly right: boolean }[]
  /** Why it is rejected whatever its known items say; 0 for nothing. */
  readonly reason: number
}

export interface WorkedEpoch {
  readonly batches: readonly WorkedBatch[]
  /** What the reviewer decided, as `labeler/attempt`, and known items that are none any more. */
  readonly accepted: readonly string[]
  readonly withdrawn: readonly string[]
}

export interface PayTerms {
  /** For each accepted answer, base units. */
  readonly rate: bigint
  readonly minAccuracy: number
  readonly quality?: QualityRule | undefined
  /** So many labelers are paid at the most, those who earn first: more leaves no report of an epoch may have, and none could be posted. */
  readonly maxLabelers?: number | undefined
}

/**
 * Pay by quality: of a labeler with `from` compared answers or more, an answer earns rate × (agreement − least) ÷ (full − least), at least
 * 0 and at most the rate. Its agreement is the share of its answers in earlier epochs that equal what more than half of the item's
 * other labelers said, over items with at least two of these. Shares are in hundredths.
 */
export interface QualityRule {
  readonly least: number
  readonly full: number
  readonly from: number
}

export interface PaidBatch {
  readonly labeler: string
  readonly attempt: number
  /** Whether it is accepted, and from which epoch on. */
  epoch: number | undefined
  /** Answers that are paid: not what others labeled in its place before, nor what its labeler was paid for already. */
  units: number
  /** What it earns, and what of it the prize has covered so far. */
  due: bigint
  paid: bigint
}

export interface Earned {
  /** Cumulative, of everyone who earned anything. */
  readonly amounts: ReadonlyMap<string, bigint>
  readonly total: bigint
  readonly batches: ReadonlyMap<string, PaidBatch>
}

export const batchKey = ({ labeler, attempt }: { labeler: string; attempt: number }): string => `${labeler}/${attempt}`

const lower = (a: bigint, b: bigint): bigint => (a < b ? a : b)

/** In ten-thousandths of the rate. */
const WHOLE = 10_000n

/** Whether a batch is accepted, with these known items withdrawn: by the rule of every batch of labels. */
export function isAccepted(
  { reason, known }: Pick<WorkedBatch, 'reason' | 'known'>,
  minAccuracy: number,
  withdrawn: ReadonlySet<string>,
): boolean {
  if (reason !== 0) return false
  const counted = known.filter(({ id }) => !withdrawn.has(id))
  return counted.length === 0 || counted.filter(({ right }) => right).length / counted.length >= minAccuracy
}

/** @param most what was paid in at each epoch, base units: no total exceeds it */
export function earnedBy(epochs: readonly (WorkedEpoch & { most: bigint })[], terms: PayTerms): Earned {
  const { rate, minAccuracy, quality, maxLabelers = Number.POSITIVE_INFINITY } = terms
  const batches = new Map<string, PaidBatch>()
  const known = new Map<string, WorkedBatch>()
  const withdrawn = new Set<string>()
  const granted = new Set<string>()
  /** `layer/item` of accepted batches, and `labeler/item` of paid answers. */
  const taken = new Set<string>()
  const had = new Set<string>()
  const amounts = new Map<string, bigint>()
  const votes = new Map<string, { labeler: string; answer: string }[]>()
  let total = 0n

  function accept(batch: WorkedBatch, epoch: number, corrected: boolean, weights: ReadonlyMap<string, bigint>): void {
    const { labeler, layer, ids } = batch
    const paid = batches.get(batchKey(batch))!
    // Whoever is made good is paid in full, though others have labeled in its place meanwhile.
    const free = ids.filter((id) => !had.has(`${labeler}/${id}`) && (corrected || !taken.has(`${layer}/${id}`)))
    for (const id of ids) taken.add(`${layer}/${id}`)
    for (const id of free) had.add(`${labeler}/${id}`)
    paid.epoch = epoch
    paid.units = free.length
    paid.due = (rate * BigInt(free.length) * (weights.get(labeler) ?? WHOLE)) / WHOLE
  }

  epochs.forEach(({ most, ...epoch }, at) => {
    const weights = quality ? weightsOf(votes, quality) : new Map<string, bigint>()
    for (const id of epoch.withdrawn) withdrawn.add(id)
    for (const key of epoch.accepted) granted.add(key)
    const isPaid = (batch: WorkedBatch) => granted.has(batchKey(batch)) || isAccepted(batch, minAccuracy, withdrawn)
    const accepted: WorkedBatch[] = []
    for (const batch of known.values()) {
      if (batches.get(batchKey(batch))!.epoch !== undefined || !isPaid(batch)) continue
      accept(batch, at + 1, true, weights)
      accepted.push(batch)
    }
    for (const batch of epoch.batches) {
      const key = batchKey(batch)
      // What is listed twice is one batch.
      if (known.has(key)) continue
      known.set(key, batch)
      const { labeler, attempt } = batch
      batches.set(key, { labeler, attempt, epoch: undefined, units: 0, due: 0n, paid: 0n })
      if (!isPaid(batch)) continue
      accept(batch, at + 1, false, weights)
      accepted.push(batch)
    }
    // In the order of their lists, as far as the prize goes; what it does not cover is due until somebody adds to it.
    for (const batch of batches.values()) {
      if (!amounts.has(batch.labeler) && amounts.size >= maxLabelers) continue
      const sent = lower(batch.due - batch.paid, most - total)
      if (sent <= 0n) continue
      batch.paid += sent
      total += sent
      amounts.set(batch.labeler, (amounts.get(batch.labeler) ?? 0n) + sent)
    }
    for (const { labeler, ids, answers } of accepted)
      ids.forEach((id, row) => {
        const said = votes.get(id) ?? []
        if (said.every((one) => one.labeler !== labeler)) said.push({ labeler, answer: answers[row] ?? '' })
        votes.set(id, said)
      })
  })
  return { amounts, total, batches }
}

/** What each labeler's answers earn, in ten-thousandths of the rate, by what was said in earlier epochs. */
function weightsOf(
  votes: ReadonlyMap<string, readonly { labeler: string; answer: string }[]>,
  { least, full, from }: QualityRule,
): Map<string, bigint> {
  const counts = new Map<string, { agreed: number; compared: number }>()
  for (const said of votes.values()) {
    const all = new Map<string, number>()
    for (const { answer } of said) all.set(answer, (all.get(answer) ?? 0) + 1)
    for (const { labeler, answer } of said) {
      const others = said.length - 1
      if (others < 2) continue
      const of = (one: string) => (all.get(one) ?? 0) - (one === answer ? 1 : 0)
      const agreed = [...all.keys()].find((one) => of(one) * 2 > others)
      if (agreed === undefined) continue
      const count = counts.get(labeler) ?? { agreed: 0, compared: 0 }
      count.compared++
      if (agreed === answer) count.agreed++
      counts.set(labeler, count)
    }
  }
  const weights = new Map<string, bigint>()
  for (const [labeler, { agreed, compared }] of counts) {
    if (compared < from) continue
    const above = BigInt(100 * agreed - least * compared)
    const weight = (above * WHOLE) / BigInt((full - least) * compared)
    weights.set(labeler, weight < 0n ? 0n : weight > WHOLE ? WHOLE : weight)
  }
  return weights
}
