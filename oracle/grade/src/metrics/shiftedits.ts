/**
 * Edits with shifts, as sacrebleu's `lib_ter` counts them after Tercom (Snover 2006): words that stand elsewhere in the truth are moved as
 * long as that lowers the distance. The distance is looked for in a band around the diagonal, as there.
 */

const MAX_SHIFT = 10
const MAX_DISTANCE = 50
const BAND = 25
const MAX_CANDIDATES = 1000
const FAR = 1e16

/** Steps of a trace that rewrites the prediction into the truth. */
const NONE = 0
const KEEP = 1
const REPLACE = 2
const REMOVE = 3
const ADD = 4

interface Distance {
  readonly edits: number
  /** From the first step to the last. */
  readonly trace: readonly number[]
}

/** Edits and shifts that turn the predicted words into the true ones. */
export function shiftedEdits(predicted: readonly string[], truth: readonly string[]): number {
  if (truth.length === 0) return predicted.length
  const numbers = new Map<string, number>()
  const numbered = (words: readonly string[]): Int32Array =>
    Int32Array.from(words, (word) => {
      const known = numbers.get(word) ?? numbers.size
      numbers.set(word, known)
      return known
    })
  const wanted = numbered(truth)
  let words = numbered(predicted)
  let shifts = 0
  for (let tried = 0; ; shifts++) {
    const best = bestShift(words, wanted, tried)
    tried = best.tried
    if (tried >= MAX_CANDIDATES || best.gain <= 0) break
    words = best.words
  }
  return shifts + distance(words, wanted).edits
}

interface Shift {
  gain: number
  length: number
  start: number
  target: number
  words: Int32Array
  tried: number
}

/** The shift that lowers the distance the most; of equal ones the longest, then the earliest, then to the earliest place. */
function bestShift(words: Int32Array, truth: Int32Array, before: number): Shift {
  const { edits, trace } = distance(words, truth)
  const { align, wrongTrue, wrongGuess } = alignment(trace)
  const best: Shift = { gain: 0, length: 0, start: 0, target: 0, words, tried: before }
  let found = false
  for (let start = 0; start < words.length; start++) {
    const first = Math.max(0, start - MAX_DISTANCE)
    const last = Math.min(truth.length - 1, start + MAX_DISTANCE)
    for (let at = first; at <= last; at++) {
      for (let length = 1; length <= MAX_SHIFT && words[start + length - 1] === truth[at + length - 1]; length++) {
        if (isWrong(wrongGuess, start, length) && isWrong(wrongTrue, at, length)) {
          const place = align[at]!
          if (place < start || place >= start + length) {
            found = tryPlaces(words, truth, { start, at, length, align, edits, found, best })
          }
          if (best.tried >= MAX_CANDIDATES) return best
        }
        if (start + length === words.length || at + length === truth.length) break
      }
    }
  }
  return best
}

function tryPlaces(
  words: Int32Array,
  truth: Int32Array,
  of: {
    start: number
    at: number
    length: number
    align: readonly number[]
    edits: number
    found: boolean
    best: Shift
  },
): boolean {
  const { start, at, length, align, edits, best } = of
  let { found } = of
  let previous = -1
  for (let offset = -1; offset < length; offset++) {
    const place = at + offset
    if (place >= align.length) break
    const target = place < 0 ? 0 : align[place]! + 1
    if (target === previous) continue
    previous = target
    const moved = shifted(words, start, length, target)
    const gain = edits - distance(moved, truth).edits
    best.tried++
    const better = gain - best.gain || length - best.length || best.start - start || best.target - target
    if (found && better <= 0) continue
    found = true
    Object.assign(best, { gain, length, start, target, words: moved })
  }
  return found
}

const isWrong = (wrong: readonly boolean[], start: number, length: number): boolean => {
  for (let i = start; i < start + length; i++) if (wrong[i]) return true
  return false
}

/** A target behind the moved words counts without them; one among them, as in sacrebleu, as far behind where they began. */
function shifted(words: Int32Array, start: number, length: number, target: number): Int32Array {
  const rest = new Int32Array(words.length - length)
  rest.set(words.subarray(0, start))
  rest.set(words.subarray(start + length), start)
  const to = target > start + length ? target - length : Math.min(target, rest.length)
  const out = new Int32Array(words.length)
  out.set(rest.subarray(0, to))
  out.set(words.subarray(start, start + length), to)
  out.set(rest.subarray(to), to + length)
  return out
}

/** For each true word the predicted one it stands at, and which of both are not right. */
function alignment(trace: readonly number[]): { align: number[]; wrongTrue: boolean[]; wrongGuess: boolean[] } {
  const align: number[] = []
  const wrongTrue: boolean[] = []
  const wrongGuess: boolean[] = []
  for (const step of trace) {
    const right = step === KEEP
    if (step !== ADD) wrongGuess.push(!right)
    if (step === REMOVE) continue
    align.push(wrongGuess.length - 1)
    wrongTrue.push(!right)
  }
  return { align, wrongTrue, wrongGuess }
}

function distance(words: Int32Array, truth: Int32Array): Distance {
  const [height, width] = [words.length, truth.length + 1]
  const costs = new Float64Array((height + 1) * width).fill(FAR)
  const steps = new Uint8Array((height + 1) * width)
  for (let j = 0; j < width; j++) {
    costs[j] = j
    steps[j] = ADD
  }
  const ratio = height === 0 ? 1 : truth.length / height
  const band = BAND < ratio / 2 ? Math.ceil(ratio / 2 + BAND) : BAND
  for (let i = 1; i <= height; i++) {
    const diagonal = Math.floor(i * ratio)
    const last = i === height ? width : Math.min(width, diagonal + band)
    const row = i * width
    for (let j = Math.max(0, diagonal - band); j < last; j++) {
      const cell = row + j
      let cost = FAR
      let step = NONE
      if (j > 0) {
        const same = words[i - 1] === truth[j - 1]
        const replaced = costs[cell - width - 1]! + (same ? 0 : 1)
        if (replaced < cost) {
          cost = replaced
          step = same ? KEEP : REPLACE
        }
      }
      // Of equal ones the first of these: kept or replaced, removed, added.
      const removed = costs[cell - width]! + 1
      if (j === 0 || removed < cost) {
        cost = removed
        step = REMOVE
      }
      if (j > 0 && costs[cell - 1]! + 1 < cost) {
        cost = costs[cell - 1]! + 1
        step = ADD
      }
      costs[cell] = cost
      steps[cell] = step
    }
  }
  const trace: number[] = []
  for (let i = height, j = truth.length; i > 0 || j > 0; ) {
    const step = steps[i * width + j]!
    trace.push(step)
    if (step !== ADD) i--
    if (step !== REMOVE) j--
    if (step === NONE) throw new RangeError('The trace leaves the band.')
  }
  return { edits: costs[height * width + truth.length]!, trace: trace.reverse() }
}
