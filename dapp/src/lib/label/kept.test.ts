import { expect, it } from 'vitest'
import { dropWork, hasWork, keepWork, restoreWork } from './kept.ts'
import { begin, currentOf, nextWork, openOf, type WorkEvent } from './work.ts'

const key = { network: 'Test Net', contract: 'CABC', challenge: 3, solver: 'GABC', attempt: 2 }

function memory(): Storage {
  const kept = new Map<string, string>()
  return {
    ...{ length: 0, clear: () => kept.clear(), key: () => null },
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
const events: WorkEvent<string>[] = [
  { type: 'answered', value: 'cat' },
  { type: 'skipped' },
  { type: 'flagged' },
  { type: 'entered', value: 'beg' },
  { type: 'spent', item: 'a', milliseconds: 900 },
]
const work = events.reduce(nextWork, begin<string>(['a', 'b', 'c', 'd']))

it('everything but the way back is there again, at the same item', () => {
  const storage = memory()
  expect(keepWork(storage, key, work)).toBe(true)
  expect(hasWork(storage, key)).toBe(true)
  expect(restoreWork(storage, key, ['a', 'b', 'c', 'd'], text)).toEqual({ ...work, past: [] })
  dropWork(storage, key)
  expect(hasWork(storage, key)).toBe(false)
})

it.each([
  ['network', { network: 'Main Net' }],
  ['contract', { contract: 'CXYZ' }],
  ['challenge', { challenge: 4 }],
  ['account', { solver: 'GXYZ' }],
  ['attempt', { attempt: 3 }],
])('another %s has a draft of its own', (_, changes) => {
  const storage = memory()
  keepWork(storage, key, work)
  expect(hasWork(storage, { ...key, ...changes })).toBe(false)
})

it('of a batch with other items only the common ones are taken, and it begins at the first open one', () => {
  const storage = memory()
  keepWork(storage, key, { ...work, at: 1 })
  const other = restoreWork(storage, key, ['x', 'a', 'y'], text)
  expect(other.order).toEqual(['a', 'x', 'y'])
  expect(other.given).toEqual({ a: { value: 'cat', confirmed: true } })
  expect(currentOf(other)).toBe('x')
})

it.each(['', 'null', '{}', '{"version":1,"order":[],"given":null,"spent":{},"at":0}', '{"version":2}'])(
  'what is no draft begins anew: %s',
  (kept) => {
    const storage = memory()
    keepWork(storage, key, work)
    const name = `labels-submission-test-net-CABC-3-GABC-2`
    expect(storage.getItem(name)).not.toBeNull()
    storage.setItem(name, kept)
    expect(restoreWork(storage, key, ['a'], text)).toEqual(begin(['a']))
  },
)

it('an answer that cannot be read is asked for again', () => {
  const storage = memory()
  keepWork(storage, key, nextWork(begin<number>(['a']), { type: 'answered', value: 3 }))
  expect(restoreWork(storage, key, ['a'], text).given).toEqual({})
})

it('a full storage says that nothing is kept', () => {
  const storage = {
    ...memory(),
    setItem: () => {
      throw new Error('full')
    },
  }
  expect(keepWork(storage, key, work)).toBe(false)
})

it('items that are called as parts of objects keep their answers and times', () => {
  const storage = memory()
  const ids = ['__proto__', 'constructor', 'a']
  const done = ids.reduce(
    (now, item) => nextWork(nextWork(now, { type: 'answered', value: item }), { type: 'spent', item, milliseconds: 5 }),
    begin<string>(ids),
  )
  keepWork(storage, key, done)
  const again = nextWork(restoreWork(storage, key, ids, text), { type: 'spent', item: 'a', milliseconds: 1 })
  expect(openOf(again)).toEqual([])
  expect(ids.map((id) => [again.given[id]?.value, again.spent[id]])).toEqual([
    ['__proto__', 5],
    ['constructor', 5],
    ['a', 6],
  ])
})

it('an answer is read for its own item', () => {
  const storage = memory()
  const of = (item: string): WorkEvent<string> => ({ type: 'answered', value: `of ${item}` })
  keepWork(storage, key, [of('a'), of('c')].reduce(nextWork, begin<string>(['a', 'b'])))
  const restored = restoreWork(storage, key, ['a', 'b'], (value, id) => (value === `of ${id}` ? id : undefined))
  expect(Object.keys(restored.given)).toEqual(['a'])
})
