/** Labelers that cheat, held against the rules by which batches are judged, paid and agreed on: whoever does not look at the items earns next to nothing, and a third in league does not decide. */

import { earnedBy, type WorkedBatch } from '@stellartrain/oracle-grade'
import { dawidSkene, indexVotes, majorityVote } from '@stellartrain/oracle-grade/consensus'
import { expect, test } from 'vitest'

const CHOICES = [...'0123456789']
const ITEMS = Array.from({ length: 300 }, (_, at) => `i${at}`)
/** No answer is more frequent among known items than among others: else who always gives that one is right too often. */
const truthOf = (item: string) => {
  const number = Number(item.slice(1))
  return CHOICES[(number * 7 + Math.floor(number / 10) * 3) % 10]!
}
const isKnown = (item: string) => Number(item.slice(1)) % 5 === 0
const OVERLAP = 3
const SIZE = 10

/** Numbers that look random, of a seed. */
function generator(seed: number) {
  let state = seed >>> 0
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

type Kind = {
  name: string
  count: number
  say: (item: string, random: (below: number) => number, last: string[]) => string
}

/** Batches with their share of known items, each place once, until every place is labeled or nobody is left. */
function play(kinds: readonly Kind[], seed: number) {
  const random = generator(seed)
  const people = kinds.flatMap(({ name, count, say }) =>
    Array.from({ length: count }, (_, at) => ({
      name: `${name}-${at}`,
      kind: name,
      say,
      had: new Set<string>(),
      rejected: 0,
      attempts: 0,
    })),
  )
  const layers = Array.from({ length: OVERLAP }, () => new Set(ITEMS))
  const batches: WorkedBatch[] = []
  let last: string[] = []
  for (let turns = 0; turns < 20_000 && layers.some(({ size }) => size > 0); turns++) {
    const person = people[random(people.length)]!
    const layer = layers.findIndex((one) => [...one].some((item) => !person.had.has(item)))
    // Whoever was rejected ten times has spent ten times the fees, or given up.
    if (layer < 0 || person.rejected >= 10) continue
    const free = [...layers[layer]!].filter((item) => !person.had.has(item))
    const shuffled = free.map((item) => ({ item, by: random(1_000_000) })).toSorted((a, b) => a.by - b.by)
    const known = shuffled.filter(({ item }) => isKnown(item)).slice(0, SIZE / 5)
    const ids = [...known, ...shuffled.filter(({ item }) => !isKnown(item))].slice(0, SIZE).map(({ item }) => item)
    const answers = ids.map((item) => person.say(item, random, last))
    for (const item of ids) person.had.add(item)
    const held = ids.flatMap((id, at) => (isKnown(id) ? [{ id, right: answers[at] === truthOf(id) }] : []))
    const accepted = held.length === 0 || held.filter(({ right }) => right).length / held.length >= 0.7
    batches.push({
      labeler: person.name,
      attempt: ++person.attempts,
      layer: layer + 1,
      ids,
      answers,
      known: held,
      reason: 0,
    })
    if (accepted) for (const item of ids) layers[layer]!.delete(item)
    person.rejected = accepted ? 0 : person.rejected + 1
    if (person.kind === 'careful' && accepted) last = answers
  }
  const { amounts, batches: paid } = earnedBy([{ batches, accepted: [], withdrawn: [], most: 1_000_000n }], {
    rate: 1n,
    minAccuracy: 0.7,
  })
  const each = (kind: string) => {
    const own = people.filter((one) => one.kind === kind)
    return own.reduce((sum, { name }) => sum + Number(amounts.get(name) ?? 0n), 0) / own.length
  }
  const votes = indexVotes(
    batches
      .filter((one) => paid.get(`${one.labeler}/${one.attempt}`)!.epoch !== undefined)
      .flatMap(({ labeler, ids, answers }) => ids.map((item, at) => ({ item, labeler, label: answers[at]! }))),
  )
  const accuracy = ({ labelOf }: { labelOf: ArrayLike<number> }) =>
    votes.items.filter((item, at) => votes.labels[labelOf[at]!] === truthOf(item)).length / votes.items.length
  const counts = Map.groupBy(votes.items, (item) => item).size
  return {
    each,
    majority: accuracy(majorityVote(votes)),
    dawidSkene: accuracy(dawidSkene(votes)),
    covered: counts,
    left: layers.reduce((sum, { size }) => sum + size, 0),
  }
}

const careful = (count: number): Kind => ({
  name: 'careful',
  count,
  say: (item, random) => (random(100) < 97 ? truthOf(item) : CHOICES[random(10)]!),
})
const seeds = [1, 2, 3, 4, 5]

test.each([
  ['guess', (_: string, random: (below: number) => number) => CHOICES[random(10)]!],
  ['always give the first answer', () => CHOICES[0]!],
  [
    'copy the answers of a careful one, row by row',
    (_: string, random: (below: number) => number, last: string[]) => last[random(SIZE)] ?? '0',
  ],
  ['flip what they know', (item: string) => CHOICES[(CHOICES.indexOf(truthOf(item)) + 5) % 10]!],
])('labelers who %s earn less than a tenth, and every item gets its labels', (name, say) => {
  for (const seed of seeds) {
    const { each, left, covered } = play([careful(8), { name, count: 8, say: say as Kind['say'] }], seed)
    expect(each(name) * 10).toBeLessThan(each('careful'))
    expect([covered, left]).toEqual([ITEMS.length, 0])
  }
})

test('a third in league, whom an insider told which items are known, spoil less than a fifth of the items', () => {
  // The worst that can be: an insider told them which items are known, and they spoil half of the others in the same way.
  const league: Kind = {
    name: 'league',
    count: 5,
    say: (item) =>
      Number(item.slice(1)) % 2 === 0 || isKnown(item)
        ? truthOf(item)
        : CHOICES[(CHOICES.indexOf(truthOf(item)) + 1) % 10]!,
  }
  for (const seed of seeds) {
    const { majority, dawidSkene: skene, left } = play([careful(10), league], seed)
    expect(left).toBe(0)
    // Where two of three labelers of an item are of the league, its answer is theirs: that is what a league can do.
    expect(majority).toBeGreaterThan(0.8)
    expect(skene).toBeGreaterThan(majority - 0.02)
  }
})
