/** How a judge that grades (`contracts/recount`) scores the work of a challenge: its rules by the manifest, or why it cannot. */
// Not from recount.ts: a browser decides by this before it has loaded anything that talks to a ledger.
import { Metric, type Rules as RecountRules } from '../../generated/recount/types.js'
import { FORM_CHUNK, MAX_CHUNKS, MAX_CLASS_BYTES, MAX_CLASSES, MAX_SCORE_CHUNKS } from './limits.ts'

/** What plans and forms call this judge. */
export const RECOUNT = 'recount'

export type Recountable = { rules: RecountRules } | { why: string }

/** What is read of a manifest. */
export type RecountSource = {
  submission: { rows: number; columns: readonly Column[]; model?: object | undefined }
  metric: { id: string; params: Readonly<Record<string, unknown>>; version?: number | undefined }
}

type Column = {
  type: string
  labels?: readonly string[] | undefined
  min?: number | undefined
  max?: number | undefined
}

const SINGLE: Readonly<Record<string, Metric>> = {
  accuracy: Metric.Accuracy,
  balanced_accuracy: Metric.BalancedAccuracy,
  f1_binary: Metric.F1Binary,
  f1_micro: Metric.F1Micro,
  f1_macro: Metric.F1Macro,
  f1_weighted: Metric.F1Weighted,
  mcc: Metric.Mcc,
  cohen_kappa: Metric.CohenKappa,
  roc_auc: Metric.RocAuc,
  mae: Metric.Mae,
  mse: Metric.Mse,
  rmse: Metric.Rmse,
}
const AVERAGED: Readonly<Record<string, Readonly<Record<string, Metric>>>> = {
  precision: {
    binary: Metric.PrecisionBinary,
    micro: Metric.PrecisionMicro,
    macro: Metric.PrecisionMacro,
    weighted: Metric.PrecisionWeighted,
  },
  recall: {
    binary: Metric.RecallBinary,
    micro: Metric.RecallMicro,
    macro: Metric.RecallMacro,
    weighted: Metric.RecallWeighted,
  },
}
const OF_NUMBERS: readonly Metric[] = [Metric.Mae, Metric.Mse, Metric.Rmse]
const OF_ONE_CLASS: readonly Metric[] = [Metric.F1Binary, Metric.PrecisionBinary, Metric.RecallBinary]
/** What other parameters are where they change nothing. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  adjusted: false,
  zero_division: 0,
  weights: 'none',
  max_fpr: 1,
  group_average: 'none',
}
/** Of all its metrics: another version gives other scores for the same files. */
const VERSION = 1
const LARGEST_WHOLE = 2 ** 53 - 1

/** @param truthForm the truth's canonical form, which the maker has: two classes of scores are named there alone */
export function recountRules({ submission, metric }: RecountSource, truthForm?: Uint8Array): Recountable {
  if (submission.model) return { why: 'it runs no models.' }
  const { id, params } = metric
  const average = String(params.average ?? 'binary')
  const known = SINGLE[id] ?? AVERAGED[id]?.[average]
  if (known === undefined) return { why: `the ledger does not compute ${id}${id in AVERAGED ? ` by ${average}` : ''}.` }
  if ((metric.version ?? VERSION) !== VERSION) return { why: `the ledger computes version ${VERSION} of ${id}.` }
  const read = id in AVERAGED ? ['average', 'posLabel'] : ['posLabel']
  const strange = Object.keys(params).find((key) => !read.includes(key) && params[key] !== DEFAULTS[key])
  if (strange !== undefined) return { why: `the ledger computes ${id} without ${strange}.` }
  const [column, ...more] = submission.columns
  if (!column || more.length > 0) return { why: 'a work has one column on the ledger.' }
  const scores = known === Metric.RocAuc
  const numeric = column.type === 'number' || column.type === 'integer'
  if (!numeric && (scores || OF_NUMBERS.includes(known)))
    return { why: `${id} is of numbers there, and the column has ${column.type}.` }
  const classes = OF_NUMBERS.includes(known) ? [] : scores ? truthClasses(truthForm) : columnClasses(column)
  if ('why' in classes) return classes
  const most = scores ? MAX_SCORE_CHUNKS : MAX_CHUNKS
  const bytes = submission.rows * Math.max(8, ...classes.map((label) => 4 + label.length))
  if (bytes > (most - 1) * FORM_CHUNK)
    return { why: `${submission.rows.toLocaleString('en-US')} rows are too many for ${most} chunks of 64 KiB.` }
  // The contract takes the hashes of all of its chunks, though those that hold only ids are never opened.
  if (truthForm && truthForm.length > MAX_CHUNKS * FORM_CHUNK)
    return { why: `the truth is longer than ${MAX_CHUNKS} chunks of 64 KiB; shorter ids make it shorter.` }
  const positive = String(params.posLabel ?? (scores ? greaterOf(classes) : 1))
  const numbers = column.type === 'integer' && !scores && classes.length > 0
  const place = classes.findIndex((label) => textOf(label, numbers) === positive)
  if (place < 0 && (scores || OF_ONE_CLASS.includes(known)))
    return { why: 'the metric’s posLabel is none of the classes; name it.' }
  const whole = column.type === 'integer'
  return {
    rules: {
      ...{ metric: known, classes: [...classes], numbers, positive: Math.max(place, 0), whole },
      least: bitsOf(column.min ?? (whole ? -LARGEST_WHOLE : -Number.MAX_VALUE)),
      most: bitsOf(column.max ?? (whole ? LARGEST_WHOLE : Number.MAX_VALUE)),
    },
  }
}

type Classes = readonly Uint8Array[]

function columnClasses({ type, labels, min, max }: Column): Classes | { why: string } {
  if (type === 'integer') {
    if (min === undefined || max === undefined || max - min >= MAX_CLASSES)
      return { why: `whole numbers are classes there only between a min and a max, ${MAX_CLASSES} at most.` }
    return Array.from({ length: Math.floor(max) - Math.ceil(min) + 1 }, (_, i) => float(Math.ceil(min) + i))
  }
  if (type !== 'string' || !labels)
    return { why: 'the column needs its labels listed, so that the ledger knows the classes.' }
  return checked(labels.map((label) => new TextEncoder().encode(label)))
}

/** The two that a truth of labels has. */
function truthClasses(form: Uint8Array | undefined): Classes | { why: string } {
  if (!form) return { why: 'the classes of roc_auc are in the truth alone, which is needed here.' }
  const view = new DataView(form.buffer, form.byteOffset, form.byteLength)
  const named = view.getUint32(9, true)
  if (view.getUint32(0, true) !== 5 || form[8] !== 1)
    return { why: 'the truth of roc_auc is one column of labels there.' }
  const found = new Map<string, Uint8Array>()
  let at = 21 + named
  for (let rows = view.getUint32(13 + named, true); rows > 0; rows--) {
    const end = at + 4 + view.getUint32(at, true)
    const label = form.slice(at + 4, end)
    found.set(new TextDecoder().decode(label), label)
    at = end
  }
  return checked([...found.values()])
}

function checked(classes: Uint8Array[]): Classes | { why: string } {
  if (classes.length > MAX_CLASSES || classes.some((label) => label.length > MAX_CLASS_BYTES))
    return { why: `the ledger takes at most ${MAX_CLASSES} labels of ${MAX_CLASS_BYTES} bytes.` }
  return classes.sort(byBytes)
}

function byBytes(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, i) => byte !== b[i])
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1)
}

/** The engine's positive class of two where none is named: the greater of two plain numbers, the later of two texts; of others none. */
function greaterOf(classes: Classes): string {
  const [a = '', b = ''] = classes.map((label) => textOf(label, false))
  const plain = [a, b].filter((text) => /^-?\d{1,15}(\.\d{1,15})?$/.test(text)).length
  if (plain === 2 && Number(a) !== Number(b)) return Number(a) > Number(b) ? a : b
  const texts = [a, b].some((text) => /^[^\d.+-]/.test(text) && Number.isNaN(Number(text)))
  return texts ? b : ''
}

const textOf = (label: Uint8Array, number: boolean): string =>
  number ? String(new DataView(label.buffer).getFloat64(0, true)) : new TextDecoder().decode(label)

function float(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value, true)
  return bytes
}

function bitsOf(value: number): bigint {
  return new DataView(float(value).buffer).getBigUint64(0, true)
}
