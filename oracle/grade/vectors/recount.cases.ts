/** Random cases whose scores the engine and the contract that grades must agree on; each is one line (`contracts/recount/src/metrics/test`). */

import { grade, type MetricId, type MetricParams, prepareTruth } from '../src/index.ts'

/** The committed ones. */
export const RECOUNT_VECTORS = { count: 800, seed: 1 }

type Dice = (below: number) => number

/** As the contract names them, with what the engine is told. */
const CLASSES: Readonly<Record<string, [MetricId, MetricParams?]>> = {
  accuracy: ['accuracy'],
  balanced_accuracy: ['balanced_accuracy'],
  mcc: ['mcc'],
  cohen_kappa: ['cohen_kappa'],
  f1: ['f1_binary'],
  'f1:micro': ['f1_micro'],
  'f1:macro': ['f1_macro'],
  'f1:weighted': ['f1_weighted'],
  ...Object.fromEntries(
    (['precision', 'recall'] as const).flatMap((id) =>
      ['', 'micro', 'macro', 'weighted'].map((average) => [
        average ? `${id}:${average}` : id,
        [id, { average: average || 'binary' }],
      ]),
    ),
  ),
}
const NUMBERS = ['mae', 'mse', 'rmse'] as const
const NAMES = [...Object.keys(CLASSES), ...NUMBERS, 'roc_auc']

const SALT = new Uint8Array(32)
/** Row counts at which quotients lie in the middle between two units, beside any others. */
const ROWS = [1280, 640, 256, 320, 512, 1600]

/** So many lines, the same for the same seed. */
export function* recountCases(count: number, seed: number): Generator<string> {
  const dice = diceOf(seed)
  for (let made = 0; made < count; ) {
    const line = oneCase(dice, NAMES[made % NAMES.length]!)
    if (line === undefined) continue
    made++
    yield line
  }
}

/** Undefined where the engine takes no such truth. */
function oneCase(dice: Dice, name: string): string | undefined {
  const rows = dice(20) === 0 ? ROWS[dice(ROWS.length)]! : 1 + dice(dice(3) === 0 ? 100 : 20)
  const each = <T>(make: (row: number) => T): T[] => Array.from({ length: rows }, (_, row) => make(row))
  if (NUMBERS.some((id) => id === name)) {
    const scale = 10 ** dice(7)
    const kind = dice(4)
    const value = () => (kind === 0 ? bitsOf(dice) : (dice(2 * scale) - scale) / 10 ** dice(8))
    const [truth, predicted] = [each(value), each(value)]
    const units = score(name as MetricId, {}, 'number', truth.map(String), 'number', predicted.map(String))
    return `${name} 0 ${hex(truth)} ${hex(predicted)} ${units ?? '-'}`
  }
  const classes = name === 'roc_auc' ? 2 : 2 + dice(dice(4) === 0 ? 35 : 4)
  const bias = dice(3)
  const label = () => Math.min(dice(classes), bias === 0 ? dice(classes) : classes)
  const truth = each(label)
  const texts = truth.map((code) => code.toString(36))
  const positive = dice(classes)
  const posLabel = positive.toString(36)
  try {
    if (name === 'roc_auc') {
      const spread = [1, 3, 10, 1000, 2 ** 31][dice(5)]!
      const predicted = each(() => (dice(spread) - Math.floor(spread / 2)) / 8)
      const units = score('roc_auc', { posLabel }, 'label', texts, 'number', predicted.map(String))
      return `roc_auc ${positive} ${texts.join('')} ${hex(predicted)} ${units ?? '-'}`
    }
    const [id, params = {}] = CLASSES[name]!
    const right = dice(5)
    const predicted = truth.map((code) => (dice(4) < right ? code : label()).toString(36))
    const takesPositive = id === 'f1_binary' || params.average === 'binary'
    const units = score(id, { ...params, ...(takesPositive && { posLabel }) }, 'label', texts, 'label', predicted)
    return `${name} ${positive} ${texts.join('')} ${predicted.join('')} ${units ?? '-'}`
  } catch {
    return undefined
  }
}

/** The engine's, through files; undefined where it gives none. */
function score(
  metric: MetricId,
  params: MetricParams,
  truthType: 'label' | 'number',
  truth: readonly string[],
  type: 'label' | 'number',
  predicted: readonly string[],
): bigint | undefined {
  const graded = grade({
    metric,
    params,
    truth: prepareTruth(csv(truth), { idColumn: 'id', valueColumn: 'value', type: truthType }),
    submission: csv(predicted),
    shape: { idColumn: 'id', columns: [{ name: 'value', type }] },
    salt: SALT,
  })
  if (graded.status === 'graded') return graded.scoreUnits
  if (graded.reason === 'score_out_of_range' || graded.reason === 'score_undefined') return undefined
  throw new Error(graded.message)
}

/** Ids of one length, so that their order is that of the rows. */
function csv(values: readonly string[]): Uint8Array {
  const lines = values.map((value, row) => `${String(row).padStart(5, '0')},${value}`)
  return new TextEncoder().encode(`id,value\n${lines.join('\n')}\n`)
}

const word = new DataView(new ArrayBuffer(8))

/** Any finite float64 in the range of scores that 64 bits hold, near the ends of that range more often than not. */
function bitsOf(dice: Dice): number {
  word.setUint32(0, ((dice(2) << 31) | ((960 + dice(110)) << 20) | dice(2 ** 20)) >>> 0)
  word.setUint32(4, dice(2 ** 32))
  return word.getFloat64(0)
}

function hex(values: readonly number[]): string {
  return values
    .map((value) => {
      word.setFloat64(0, value + 0)
      return word.getBigUint64(0).toString(16)
    })
    .join(',')
}

/** Mulberry32. */
function diceOf(seed: number): Dice {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let z = Math.imul(state ^ (state >>> 15), 1 | state)
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z
    return Math.floor((((z ^ (z >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}
