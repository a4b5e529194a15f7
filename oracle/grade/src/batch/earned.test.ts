/** Earnings follow from the lists of work: nothing is paid twice, nothing beyond the prize, nothing is taken back, and whoever lost by a wrong known item is made good. */
import { expect, test } from 'vitest'
import { batchKey, earnedBy, type WorkedBatch, type WorkedEpoch } from './earned.ts'

const terms = { rate: 10n, minAccuracy: 0.7 }
const batch = (labeler: string, ids: string[], more: Partial<WorkedBatch> = {}): WorkedBatch => ({
  ...{ labeler, attempt: 1, layer: 1, ids, answers: ids.map(() => 'a'), known: [], reason: 0 },
  ...more,
})
const epoch = (batches: WorkedBatch[], more: Partial<WorkedEpoch & { most: bigint }> = {}) => ({
  ...{ batches, accepted: [], withdrawn: [], most: 1_000_000n },
  ...more,
})
const known = (...right: boolean[]) => right.map((one, at) => ({ id: `k${at}`, right: one }))

test('an accepted batch earns its answers, a rejected one nothing, and a list that names one twice pays it once', () => {
  const good = batch('A', ['1', '2'], { known: known(true, true) })
  const bad = batch('B', ['3', '4'], { known: known(true, false) })
  const { amounts, total, batches } = earnedBy([epoch([good, bad, good]), epoch([good])], terms)
  expect([...amounts]).toEqual([['A', 20n]])
  expect(total).toBe(20n)
  expect(batches.get('B/1')).toMatchObject({ epoch: undefined, paid: 0n })
})

test('a place is paid once, and no labeler twice for an item', () => {
  const first = batch('A', ['1', '2'])
  const same = batch('B', ['2', '3'])
  const again = batch('A', ['1', '4'], { attempt: 2, layer: 2 })
  const { amounts, batches } = earnedBy([epoch([first, same, again])], terms)
  expect([...amounts]).toEqual([
    ['A', 30n],
    ['B', 10n],
  ])
  expect(batches.get('A/2')).toMatchObject({ units: 1 })
})

test('an appeal that is granted, and a known item that is withdrawn, are paid by the epoch that has them, in full', () => {
  const lost = batch('A', ['1', '2'], { known: known(true, false) })
  const other = batch('B', ['1', '2'])
  const wrong = batch('C', ['5', '6'], { known: [{ id: 'k9', right: false }] })
  const epochs = [epoch([lost, wrong]), epoch([other])]
  expect([...earnedBy(epochs, terms).amounts]).toEqual([['B', 20n]])
  const granted = earnedBy([...epochs, epoch([], { accepted: ['A/1'] })], terms)
  // The place was labeled again meanwhile: both are paid.
  expect(Object.fromEntries(granted.amounts)).toEqual({ A: 20n, B: 20n })
  expect(granted.batches.get('A/1')).toMatchObject({ epoch: 3, paid: 20n })
  const withdrawn = earnedBy([...epochs, epoch([], { withdrawn: ['k9'] })], terms)
  expect(Object.fromEntries(withdrawn.amounts)).toEqual({ B: 20n, C: 20n })
  // A batch that is no batch stays one, whatever is withdrawn.
  const broken = batch('D', ['7'], { reason: 93 })
  expect(earnedBy([epoch([broken]), epoch([], { withdrawn: ['k9'] })], terms).total).toBe(0n)
})

test('more labelers than a report may have leave everybody else paid, and each of those who earned first paid on', () => {
  const limited = { ...terms, maxLabelers: 2 }
  const first = [batch('A', ['1']), batch('B', ['2'], { reason: 93 }), batch('C', ['3']), batch('D', ['4'])]
  const later = [batch('E', ['5']), batch('A', ['6'], { attempt: 2 })]
  const { amounts, total, batches } = earnedBy([epoch(first), epoch(later)], limited)
  expect([Object.fromEntries(amounts), total]).toEqual([{ A: 20n, C: 10n }, 30n])
  expect(batches.get('D/1')).toMatchObject({ epoch: 1, due: 10n, paid: 0n })
})

test('nothing is paid beyond the prize, and what it did not cover is paid when somebody added to it', () => {
  const batches = [batch('A', ['1', '2']), batch('B', ['3', '4'])]
  const short = earnedBy([epoch(batches, { most: 25n })], terms)
  expect([Object.fromEntries(short.amounts), short.total]).toEqual([{ A: 20n, B: 5n }, 25n])
  const later = earnedBy([epoch(batches, { most: 25n }), epoch([], { most: 100n })], terms)
  expect([Object.fromEntries(later.amounts), later.total]).toEqual([{ A: 20n, B: 20n }, 40n])
})

test('by a quality rule the next epochs pay by the agreement with others in earlier ones', () => {
  const ids = Array.from({ length: 10 }, (_, at) => String(at))
  const say = (labeler: string, layer: number, wrong: number) =>
    batch(labeler, ids, { layer, answers: ids.map((_, at) => (at < wrong ? 'b' : 'a')) })
  const first = epoch([say('A', 1, 0), say('B', 2, 0), say('C', 3, 5)])
  const more = ['n1', 'n2']
  const next = epoch([
    batch('A', more, { attempt: 2 }),
    batch('C', more, { attempt: 2, layer: 2 }),
    batch('N', more, { layer: 3 }),
  ])
  const quality = { least: 40, full: 90, from: 5 }
  const { batches } = earnedBy([first, next], { ...terms, quality })
  // C agrees in half of its answers: (50 − 40) ÷ (90 − 40) of the rate. Nobody's first epoch depends on it.
  expect([batches.get('A/1')!.due, batches.get('C/1')!.due]).toEqual([100n, 100n])
  expect([batches.get('A/2')!.due, batches.get('C/2')!.due, batches.get('N/1')!.due]).toEqual([20n, 4n, 20n])
})

test('whatever is listed, in whatever order: money in is paid and left, amounts never fall, no answer is paid twice', () => {
  for (let seed = 1; seed <= 200; seed++) {
    let state = seed
    const random = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
    const epochs: (WorkedEpoch & { most: bigint })[] = []
    let most = 0n
    for (let at = 0; at < 5; at++) {
      most += BigInt(random(400))
      const made = Array.from({ length: random(6) }, () => {
        const ids = [...new Set(Array.from({ length: 1 + random(4) }, () => String(random(8))))]
        const right = Array.from({ length: random(3) }, () => random(3) > 0)
        return batch(`L${random(4)}`, ids, {
          ...{ attempt: 1 + random(4), layer: 1 + random(3), known: known(...right), reason: random(8) === 0 ? 95 : 0 },
          answers: ids.map(() => 'abc'[random(3)]!),
        })
      })
      const all = [...epochs.flatMap(({ batches }) => batches), ...made]
      const accepted = all.filter(() => random(10) === 0).map(batchKey)
      epochs.push({ batches: made, accepted, withdrawn: random(4) === 0 ? [`k${random(3)}`] : [], most })
    }
    const rule = seed % 2 ? { quality: { least: 20, full: 80, from: 2 } } : {}
    let before = new Map<string, bigint>()
    for (let count = 1; count <= epochs.length; count++) {
      const earned = earnedBy(epochs.slice(0, count), { ...terms, ...rule })
      const sum = [...earned.amounts.values()].reduce((all, one) => all + one, 0n)
      expect(sum).toBe(earned.total)
      expect(earned.total <= epochs[count - 1]!.most).toBe(true)
      for (const [labeler, amount] of before) expect(earned.amounts.get(labeler)! >= amount).toBe(true)
      for (const { due, paid, units } of earned.batches.values()) {
        expect(paid <= due).toBe(true)
        expect(due <= terms.rate * BigInt(units)).toBe(true)
      }
      // No labeler is paid for more answers than there are items.
      for (const labeler of ['L0', 'L1', 'L2', 'L3']) {
        const units = [...earned.batches.values()]
          .filter((one) => one.labeler === labeler)
          .reduce((all, one) => all + one.units, 0)
        expect(units).toBeLessThanOrEqual(8)
      }
      before = new Map(earned.amounts)
    }
  }
})
