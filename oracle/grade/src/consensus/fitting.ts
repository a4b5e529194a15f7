/** Where the numbers of a fit are: of a large one in the memory of a kernel of its own, whose loops run over them, of others in JavaScript's. */

import { type Kernel, openKernel, reserveMemory } from '../kernel/kernel.ts'
import type { Rows } from './confusionrows.ts'
import { type Fitting, type Loops, plainLoops } from './expectation.ts'
import type { Votes } from './votes.ts'

/** Fewer votes take less time than a kernel's beginning. */
const FEWEST_VOTES = 4096
/** What WebAssembly can address. */
const MOST_BYTES = 2 ** 32

/** Numbers and loops of a fit. All numbers are 0 but those of the votes and what is known. `fewest` votes get a kernel. */
export function createFitting(
  { first, labelOf, items, labels }: Votes,
  rows: Rows,
  known: Int32Array | undefined,
  fewest = FEWEST_VOTES,
): { fitting: Fitting; loops: Loops } {
  const lengths = { items: items.length, labels: labels.length, rows: rows.labelerOf.length }
  if (labelOf.length >= fewest) {
    const opened = inKernel(lengths, { first, at: rows.at, known })
    if (opened) return opened
  }
  const numbers = numbersOf(lengths, (length) => new Float64Array(length))
  const fitting: Fitting = { items: lengths.items, labels: lengths.labels, first, at: rows.at, known, ...numbers }
  return { fitting, loops: plainLoops(fitting) }
}

type Lengths = { items: number; labels: number; rows: number }
type Given = Pick<Fitting, 'first' | 'at' | 'known'>

const numbersOf = ({ items, labels, rows }: Lengths, take: (length: number) => Float64Array) => ({
  priors: take(labels),
  logPriors: take(labels),
  shares: take(labels),
  errors: take(rows * labels),
  logErrors: take(rows * labels),
  counts: take(rows * labels),
  probabilities: take(items * labels),
})

/** Undefined where there is no kernel, or not so much memory. */
function inKernel(lengths: Lengths, { first, at, known }: Given): { fitting: Fitting; loops: Loops } | undefined {
  const kernel = openKernel()
  if (!kernel) return undefined
  const { items, labels, rows } = lengths
  const base = Math.ceil(Number(kernel.exports.__heap_base.value) / 16) * 16
  const integers = first.length + at.length + (known?.length ?? 0)
  const end = base + 8 * (3 * labels + 3 * rows * labels + items * labels) + 4 * integers
  if (end > MOST_BYTES || !hasMemory(kernel, end)) return undefined
  const { buffer } = kernel.exports.memory
  let next = base
  // Doubles first: each kind stands at a multiple of its size.
  const numbers = numbersOf(lengths, (length) => {
    const values = new Float64Array(buffer, next, length)
    next += values.byteLength
    return values
  })
  const copy = (values: Int32Array): Int32Array => {
    const copied = new Int32Array(buffer, next, values.length)
    copied.set(values)
    next += copied.byteLength
    return copied
  }
  const fitting: Fitting = { items, labels, first: copy(first), at: copy(at), known: known && copy(known), ...numbers }
  return { fitting, loops: kernelLoops(kernel, fitting) }
}

function hasMemory(kernel: Kernel, end: number): boolean {
  try {
    reserveMemory(kernel, end)
    return true
  } catch {
    return false
  }
}

function kernelLoops({ exports }: Kernel, fitting: Fitting): Loops {
  const { items, labels, first, at, known, priors, logPriors, errors, logErrors } = fitting
  const { probabilities, counts, shares } = fitting
  const addresses = (...parts: (Float64Array | Int32Array | undefined)[]) => parts.map((part) => part?.byteOffset ?? 0)
  const whole = addresses(first, at, known, priors, logPriors, errors, logErrors, probabilities, counts, shares)
  const counted = addresses(first, at, probabilities, counts)
  return {
    expect: (most) => exports.expect(items, labels, ...whole, most),
    count: () => exports.count_errors(items, labels, ...counted),
  }
}

/** What is left of a fit, in JavaScript's memory: a kernel's goes with the last who looks at a part of it. */
export function keep({ probabilities, priors, errors }: Fitting): Pick<Fitting, 'probabilities' | 'priors' | 'errors'> {
  return { probabilities: probabilities.slice(), priors: priors.slice(), errors: errors.slice() }
}
