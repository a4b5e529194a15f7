/** The rules of leases, with oracles that do not see the same, oracles that lie, and labelers that come and go. */
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type Book, createBook, type Held } from './book.ts'
import { createPool, knownShare, LATE_SECONDS } from './pool.ts'
import { allowance, propose, type Refused, refuseLease, renewed } from './rules.ts'

const ids = (count: number) => Array.from({ length: count }, (_, at) => `i${String(at).padStart(3, '0')}`)
const poolOf = ({ items = 60, known = 15, overlap = 3, size = 8 } = {}) => {
  const all = ids(items)
  return createPool({ challenge: 1, items: all, known: all.slice(0, known), overlap, size, secondsPerItem: 30 })
}
type Pool = ReturnType<typeof poolOf>

const heldOf = (
  given: {
    labeler: string
    proposer: string
    items: readonly number[]
    attempt: number
    layer: number
    expires: number
  },
  now: number,
  complete = false,
): Held => ({
  ...given,
  since: now,
  lease: {
    attempt: given.attempt,
    layer: given.layer,
    expires: given.expires,
    items: [],
    signatures: [{ oracle: given.proposer, signature: '' }],
  },
  complete,
})

/** Oracles with a book each, of which some say yes to everything. */
function table(pool: Pool, { oracles = 3, liars = [] as number[] } = {}) {
  const names = Array.from({ length: oracles }, (_, at) => `oracle ${at}`)
  const books = names.map((name) => createBook(pool, name))
  const quorum = (oracles + 1) / 2
  const rank = (name: string) => names.indexOf(name)

  function sign(at: number, given: Parameters<typeof refuseLease>[1], now: number): Refused | undefined {
    if (liars.includes(at)) return undefined
    const refused = refuseLease(books[at]!, given, now, rank)
    if (refused === undefined) books[at]!.hold(heldOf(given, now))
    return refused
  }

  /** Collects signatures for what one oracle proposes; who signed, if enough did. */
  function complete(given: Parameters<typeof refuseLease>[1], now: number, reach: (at: number) => boolean) {
    const from = names.indexOf(given.proposer)
    const signers = [from, ...[...names.keys()].filter((at) => at !== from && reach(at))].filter(
      (at) => sign(at, given, now) === undefined,
    )
    if (signers.length < quorum) return undefined
    for (const at of names.keys()) if (reach(at)) books[at]!.hold(heldOf(given, now, true))
    return given
  }

  /** As the sdk asks: one oracle after another, as far as they can be reached. */
  function ask(labeler: string, now: number, reach: (at: number) => boolean = () => true) {
    for (const at of names.keys()) {
      if (!reach(at) || liars.includes(at)) continue
      const said = propose(books[at]!, labeler, now, rank)
      if ('refused' in said) continue
      const own = 'held' in said ? said.held : said
      const proposer = 'held' in said ? said.held.proposer : names[at]!
      const found = complete(
        { labeler, proposer, attempt: own.attempt, layer: own.layer, items: own.items, expires: own.expires },
        now,
        reach,
      )
      if (found) return complete({ ...found, expires: now + pool.leaseSeconds }, now, reach) ?? found
    }
    return undefined
  }

  const note = (...given: Parameters<Book['note']>) => {
    for (const book of books) book.note(...given)
  }
  return { names, books, quorum, ask, sign, note, complete }
}

const labels = (pool: Pool) => new Uint16Array(pool.items.length)

describe('every item ends with its labelers', () => {
  it.each([
    [60, 15, 3, 8],
    [60, 1, 3, 7],
    [13, 13, 2, 5],
    [40, 3, 5, 40],
    [1, 1, 1, 1],
  ])(
    '%i items of which %i are known, %i labelers each, batches of %i: exactly so many',
    (items, known, overlap, size) => {
      const pool = poolOf({ items, known, overlap, size })
      fc.assert(
        fc.property(fc.infiniteStream(fc.nat(99)), (chance) => {
          const random = () => chance.next().value as number
          const { ask, note } = table(pool)
          const [done, had] = [labels(pool), new Map<string, Set<number>>()]
          let now = 1_000
          let paid = 0
          for (let turn = 0; turn < 4_000 && !done.every((one) => one === overlap); turn++) {
            now += random()
            // New people come as long as there is work.
            const labeler = `G${random() % (2 * overlap + 2 + Math.floor(turn / 10))}`
            const lease = ask(labeler, now)
            if (lease === undefined || random() < 20) continue
            const mine = had.get(labeler) ?? new Set()
            had.set(labeler, mine)
            for (const item of lease.items) expect(mine.has(item)).toBe(false)
            for (const item of lease.items) mine.add(item)
            note(labeler, lease.attempt, 'pending')
            const accepted = random() < 80
            note(labeler, lease.attempt, accepted ? 'accepted' : 'free', lease)
            if (!accepted) continue
            paid += lease.items.length
            for (const item of lease.items) done[item]!++
          }
          expect([...done]).toEqual(Array.from(done, () => overlap))
          expect(paid).toBe(items * overlap)
        }),
        { numRuns: 10 },
      )
    },
  )
})

/** Plays any coming and going; returns the labels that were accepted. */
function play(pool: Pool, chance: Iterator<number>, options: { oracles: number; liars: number[] }) {
  const random = () => chance.next().value
  const { ask, note, books, names, sign, quorum } = table(pool, options)
  const honest = [...names.keys()].filter((at) => !options.liars.includes(at))
  const open: NonNullable<ReturnType<typeof ask>>[] = []
  const done = labels(pool)
  let now = 1_000
  for (let turn = 0; turn < 120; turn++) {
    now += random() * 20
    const labeler = `G${random() % 12}`
    const what = random()
    if (what < 60) {
      const reachable = new Set([...names.keys()].filter(() => random() < 70))
      const lease = ask(labeler, now, (at) => reachable.has(at))
      if (lease) open.push(lease)
    } else if (what < 75 && options.liars.length > 0) {
      // Made up by a liar, shown to one honest oracle alone, and remembered by nobody else.
      const items = [...new Set(Array.from({ length: pool.size }, () => random() % pool.items.length))].sort(
        (a, b) => a - b,
      )
      const given = {
        labeler,
        proposer: names[options.liars[0]!]!,
        attempt: books[0]!.attempts(labeler) + 1,
        layer: 1 + (random() % pool.overlap),
        items,
        expires: now + 900,
      }
      const asked = honest[random() % honest.length]!
      const signed = options.liars.length + (sign(asked, given, now) === undefined ? 1 : 0)
      if (signed >= quorum) open.push(given)
    } else {
      const [lease] = open.splice(random() % Math.max(1, open.length), 1)
      if (lease === undefined || lease.expires < now || lease.attempt !== books[0]!.attempts(lease.labeler) + 1)
        continue
      note(lease.labeler, lease.attempt, 'pending')
      const accepted = random() < 70
      note(lease.labeler, lease.attempt, accepted ? 'accepted' : 'free', lease)
      if (accepted) for (const item of lease.items) done[item]!++
    }
    const all = done.slice()
    const usable = open.filter(
      ({ labeler, attempt, expires }) => now <= expires && attempt === books[0]!.attempts(labeler) + 1,
    )
    for (const [, of] of Map.groupBy(usable, ({ labeler }) => labeler))
      for (const item of new Set(of.flatMap(({ items }) => items))) all[item]!++
    expect(Math.max(...all)).toBeLessThanOrEqual(most(pool, options))
  }
  return done
}

type Oracles = { oracles: number; liars: number[] }

const stream = fc.infiniteStream(fc.nat(99)).map((chance) => chance[Symbol.iterator]())

/** Each oracle signs a place of a layer once; a lease takes a majority's signatures, of which liars give theirs for nothing. */
const most = ({ overlap }: Pool, { oracles, liars }: Oracles) => {
  const quorum = (oracles + 1) / 2
  return overlap * Math.floor((oracles - liars.length) / (quorum - liars.length))
}

test.each<Oracles & { overlap: number; labelers: number }>([
  { oracles: 1, liars: [], overlap: 3, labelers: 3 },
  { oracles: 3, liars: [], overlap: 1, labelers: 1 },
  { oracles: 5, liars: [], overlap: 1, labelers: 1 },
  { oracles: 3, liars: [], overlap: 2, labelers: 2 },
  { oracles: 5, liars: [], overlap: 3, labelers: 3 },
  { oracles: 3, liars: [1], overlap: 2, labelers: 4 },
  { oracles: 5, liars: [2], overlap: 2, labelers: 4 },
  { oracles: 5, liars: [0, 3], overlap: 2, labelers: 6 },
])(
  'of $oracles oracles, $liars.length of which sign everything, no item of $overlap gets more than $labelers labelers, whatever gets lost',
  ({ overlap, labelers, ...options }) => {
    const pool = poolOf({ items: 20, known: 6, overlap, size: 5 })
    expect(most(pool, options)).toBe(labelers)
    fc.assert(
      fc.property(stream, (chance) => {
        expect(Math.max(...play(pool, chance, options))).toBeLessThanOrEqual(labelers)
      }),
      { numRuns: 30 },
    )
  },
)

describe('one oracle', () => {
  const pool = poolOf()
  const rank = (name: string) => Number(name.slice(-1))
  const start = (name = 'oracle 1') => createBook(pool, name)
  const lease = (book: Book, labeler: string, now: number, proposer = book.own) => {
    const made = propose(book, labeler, now, rank)
    if ('refused' in made || 'held' in made) throw new Error('no proposal')
    const held = book.hold(heldOf({ labeler, proposer, ...made }, now))
    return book.hold(heldOf({ labeler, proposer, ...made, expires: renewed(book, held, now)! }, now))
  }

  it('gives a labeler the lease that it has, and renews it as long as the longest lasts', () => {
    const book = start()
    const first = lease(book, 'G1', 1_000)
    expect(propose(book, 'G1', 1_500, rank)).toEqual({ held: first })
    const again = { labeler: 'G1', proposer: book.own, attempt: 1, layer: first.layer, items: first.items }
    let now = 1_000
    for (let count = 0; count < 20; count++) {
      now = first.expires - 10
      const expires = renewed(book, first, now)
      if (expires === undefined) break
      expect(refuseLease(book, { ...again, expires }, now, rank)).toBeUndefined()
      book.hold(heldOf({ ...again, expires }, now))
    }
    expect(first.expires).toBe(1_000 + pool.longestSeconds)
    expect(refuseLease(book, { ...again, expires: first.expires + 100 }, now, rank)).toMatchObject({
      refused: 'not_allowed',
    })
  })

  it('lets a labeler wait that let its leases end, longer each time, until a batch is accepted', () => {
    const book = start()
    const waits: number[] = []
    let now = 1_000
    for (let count = 0; count < 3; count++) {
      now = lease(book, 'G1', now).expires + LATE_SECONDS + 1
      const said = propose(book, 'G1', now, rank) as Refused
      expect(said.refused).toBe('wait')
      waits.push(said.until! - now)
      now = said.until!
    }
    expect(waits.toSorted((a, b) => a - b)).toEqual(waits)
    expect(waits[2]).toBeGreaterThan(2 * waits[0]!)
    book.note('G1', 1, 'accepted', lease(book, 'G1', now))
    expect(book.waits('G1', now)).toBe(0)
  })

  it('forgets soon what it proposed and no majority signed, and nobody waits for that', () => {
    const book = start()
    const made = propose(book, 'G1', 1_000, rank)
    if ('refused' in made || 'held' in made) throw new Error('no proposal')
    book.hold(heldOf({ labeler: 'G1', proposer: book.own, ...made }, 1_000))
    expect(book.heldByNewcomers(1_100, { labeler: 'G2', attempt: 1 })).toBe(8)
    expect(book.heldByNewcomers(1_200, { labeler: 'G2', attempt: 1 })).toBe(0)
    expect(propose(book, 'G1', 1_200, rank)).toHaveProperty('items')
  })

  it('does not let a labeler wait for leases that another oracle proposed in its name', () => {
    const book = start()
    const { expires } = lease(book, 'G1', 1_000, 'oracle 0')
    expect(propose(book, 'G1', expires + LATE_SECONDS + 1, rank)).toHaveProperty('items')
  })

  it('leaves half of the places to those who have shown what they can', () => {
    const book = start()
    let held = 0
    let now = 1_000
    for (let labeler = 0; labeler < 100; labeler++) {
      const said = propose(book, `G${labeler}`, now, rank)
      if ('refused' in said) {
        expect(said.refused).toBe('newcomers_full')
        continue
      }
      held += lease(book, `G${labeler}`, now++).items.length
    }
    expect(held).toBe((60 * 3) / 2)
    book.note('G0', 1, 'pending')
    book.note('G0', 1, 'accepted', book.heldFor('G0', 1)[0]!)
    expect(propose(book, 'G0', now, rank)).toMatchObject({ attempt: 2 })
    // 172 open places, of which 82 are held: of an experienced labeler's none count.
    expect(allowance(book, { labeler: 'G200', attempt: 1 }, now)).toBe(4)
  })

  it('gives and signs known items by their share alone, as long as there are any', () => {
    const book = start()
    const isKnown = (item: number) => pool.known[item] === 1
    for (let labeler = 0; labeler < 10; labeler++) {
      const { items } = lease(book, `G${labeler}`, 1_000)
      const { least, most } = knownShare(pool, items.length)
      expect(items.filter(isKnown).length).toBeGreaterThanOrEqual(least)
      expect(items.filter(isKnown).length).toBeLessThanOrEqual(most)
    }
    const fresh = start()
    const of = (items: number[]) =>
      refuseLease(
        fresh,
        { labeler: 'G1', proposer: 'oracle 0', attempt: 1, layer: 1, items, expires: 1_500 },
        1_000,
        rank,
      )
    // The first fifteen are known: none, too many, and their share of eight.
    expect(of([20, 21, 22, 23, 24, 25, 26, 27])).toMatchObject({ refused: 'not_allowed' })
    expect(of([0, 1, 2, 3, 4, 25, 26, 27])).toMatchObject({ refused: 'not_allowed' })
    expect(of([0, 1, 22, 23, 24, 25, 26, 27])).toBeUndefined()
    expect(of([0, 1, 22, 23, 24, 25, 26, 27, 28])).toMatchObject({ refused: 'not_allowed' })
  })

  it('signs what meets, and of two proposals for one attempt the one that was to be asked first', () => {
    const [one, two] = [start('oracle 1'), start('oracle 2')]
    const mine = lease(two, 'G1', 1_000)
    const theirs = lease(one, 'G1', 1_000)
    const given = { labeler: 'G1', attempt: 1, layer: 1, expires: 1_500 }
    expect(refuseLease(one, { ...given, proposer: 'oracle 2', items: mine.items.slice(1) }, 1_000, rank)).toMatchObject(
      { refused: 'other_lease', lease: theirs },
    )
    const other = { ...given, proposer: 'oracle 1', items: [0, 1, 22, 23, 24, 25, 26, 27] }
    expect(refuseLease(two, other, 1_000, rank)).toBeUndefined()
    two.hold({ ...mine, complete: true })
    expect(refuseLease(two, other, 1_000, rank)).toMatchObject({ refused: 'other_lease', lease: mine })
    expect(refuseLease(two, { ...other, attempt: 2 }, 1_000, rank)).toMatchObject({ refused: 'other_attempt' })
    expect(refuseLease(one, { ...other, labeler: 'G2', expires: 1_000 }, 1_000, rank)).toMatchObject({
      refused: 'not_allowed',
    })
    expect(refuseLease(one, { ...other, labeler: 'G2', expires: 100_000 }, 1_000, rank)).toMatchObject({
      refused: 'not_allowed',
    })
  })

  it('keeps what was submitted in time until it is judged, and gives back what was rejected, but not to its labeler', () => {
    const book = start()
    const { items, expires } = lease(book, 'G1', 1_000)
    book.note('G1', 1, 'pending')
    const late = expires + 100_000
    for (const item of items) expect(book.occupied(late).labelers[item]).toBe(1)
    book.note('G1', 1, 'free')
    for (const item of items) expect(book.occupied(late).labelers[item]).toBe(0)
    for (const item of items) expect(book.hasHad('G1').has(item)).toBe(true)
    const next = lease(book, 'G1', late)
    expect(next.attempt).toBe(2)
    expect(next.items.some((item) => items.includes(item))).toBe(false)
    // What was accepted before it could be opened stays reserved, and is counted once it was.
    book.note('G1', 2, 'accepted')
    expect(book.unopened()).toHaveLength(1)
    for (const item of next.items) expect(book.occupied(late).labelers[item]).toBe(1)
    book.note('G1', 2, 'accepted', next)
    expect(book.unopened()).toEqual([])
    for (const item of next.items) expect(book.accepted[item]).toBe(1)
    book.note('G1', 2, 'free', next)
    for (const item of next.items) expect(book.accepted[item]).toBe(1)
  })
})
