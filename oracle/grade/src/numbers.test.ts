/** The arithmetic under the scores: decimal text, logarithms, sums, sorting, units and steps. */

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { naturalLog } from './arithmetic/log.ts'
import { compensatedSum } from './arithmetic/sum.ts'
import { toHex } from './canonical/canonical.ts'
import { createSha256 } from './canonical/sha256.ts'
import { parseNumber } from './csv/number.ts'
import { orderedHalfPairs } from './metrics/pairs.ts'
import { formatUnits, roundToStep, scoreUnits } from './score.ts'

const parse = (text: string): number => {
  const bytes = new TextEncoder().encode(text)
  return parseNumber(bytes, 0, bytes.length)
}
const finite = fc.double({ noNaN: true, noDefaultInfinity: true })

describe('decimal text', () => {
  test('is the nearest float64, in any number of digits', () => {
    const digits = fc.array(fc.nat(9), { minLength: 1, maxLength: 22 }).map((d) => d.join(''))
    const exponent = fc.option(fc.integer({ min: -40, max: 40 }), { nil: undefined })
    fc.assert(
      fc.property(digits, fc.nat(22), exponent, fc.boolean(), (d, at, e, negative) => {
        const text = `${negative ? '-' : ''}${d.slice(0, at)}.${d.slice(at)}${e === undefined ? '' : `e${e}`}`
        expect(parse(text)).toBe(Number(text) + 0)
      }),
      { numRuns: 5000 },
    )
    fc.assert(
      fc.property(finite, (x) => {
        expect(parse(String(x))).toBe(x + 0)
      }),
      { numRuns: 3000 },
    )
  })

  test('that is anything else is no number', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0123456789+-.eExX_ ,nNaAiIfF٣'), maxLength: 8 })
    fc.assert(
      fc.property(text, (t) => {
        expect(Number.isNaN(parse(t))).toBe(
          !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(t) || !Number.isFinite(Number(t)),
        )
      }),
      { numRuns: 5000 },
    )
  })
})

test('the logarithm is within three units in the last place', () => {
  const positive = fc.double({ min: 2 ** -1022, max: Number.MAX_VALUE, noNaN: true })
  fc.assert(
    fc.property(fc.oneof(positive, fc.double({ min: 0.5, max: 2, noNaN: true })), (x) => {
      const expected = Math.log(x)
      expect(Math.abs(naturalLog(x) - expected)).toBeLessThanOrEqual(4 * Number.EPSILON * Math.abs(expected))
    }),
    { numRuns: 5000 },
  )
  expect(naturalLog(1)).toBe(0)
})

test('a sum keeps what plain addition loses', () => {
  const terms = [1, 1e100, 1, -1e100]
  expect(compensatedSum(4, (i) => terms[i]!)).toBe(2)
})

test('ordered pairs are all counted, however the scores are spread', () => {
  const spreads: ((i: number) => number)[] = [
    (i) => Math.sin(i) * 1e3,
    (i) => Math.round(Math.sin(i) * 10),
    () => 7,
    (i) => (i === 0 ? 1e300 : Math.sin(i)),
    (i) => 2 ** (-i / 4) * (i % 2 ? 1 : -1),
    (i) => (i % 2 ? Number.MAX_VALUE : -Number.MAX_VALUE),
    (i) => i,
  ]
  for (const spread of spreads) {
    const scores = Float64Array.from({ length: 700 }, (_, i) => spread(i))
    const positive = Uint8Array.from(scores, (_, i) => (Math.cos(i * i) > 0.2 ? 1 : 0))
    let halves = 0
    for (const [i, x] of scores.entries()) {
      for (const [j, y] of scores.entries()) if (positive[i]! > positive[j]!) halves += 1 + Math.sign(x - y)
    }
    expect(orderedHalfPairs(scores, positive)).toBe(halves)
  }
})

describe('score units', () => {
  test('round half to even on the exact value', () => {
    expect(scoreUnits(0.5)).toBe(5_000_000n)
    // 2^-8 is 39062.5 units and 3 × 2^-8 is 117187.5: halves go to the even neighbor.
    expect(scoreUnits(2 ** -8)).toBe(39062n)
    expect(scoreUnits(3 * 2 ** -8)).toBe(117188n)
    expect(scoreUnits(-(2 ** -8))).toBe(-39062n)
    expect(scoreUnits(5e-324)).toBe(0n)
    expect(scoreUnits(2 ** 39)).toBe(5_497_558_138_880_000_000n)
  })

  test('refuse what the chain cannot hold', () => {
    for (const score of [Number.NaN, Number.POSITIVE_INFINITY, 1e12, -1e12]) expect(scoreUnits(score)).toBeUndefined()
  })

  test('are rounded to the step against the solver', () => {
    expect(roundToStep(8_195_236n, 1000n, 'maximize')).toBe(8_195_000n)
    expect(roundToStep(8_195_236n, 1000n, 'minimize')).toBe(8_196_000n)
    expect(roundToStep(-5n, 10n, 'maximize')).toBe(-10n)
    expect(roundToStep(-5n, 10n, 'minimize')).toBe(0n)
    expect(() => roundToStep(1n, 0n, 'maximize')).toThrow(RangeError)
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        (units, step) => {
          const down = roundToStep(units, step, 'maximize')
          const up = roundToStep(units, step, 'minimize')
          expect(down % step === 0n && up % step === 0n && down <= units && units <= up && up - down <= step).toBe(true)
        },
      ),
    )
  })

  test('are shown with seven decimals', () => {
    expect([8_195_236n, -5n, 0n, 123_456_789_012n].map(formatUnits)).toEqual([
      '0.8195236',
      '-0.0000005',
      '0.0000000',
      '12345.6789012',
    ])
  })
})

test('SHA-256 is that of Node, in pieces of any size', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), (pieces) => {
      const ours = createSha256()
      const theirs = createHash('sha256')
      for (const piece of pieces) {
        ours.update(piece)
        theirs.update(piece)
      }
      expect(toHex(ours.digest())).toBe(theirs.digest('hex'))
    }),
    { numRuns: 300 },
  )
})
