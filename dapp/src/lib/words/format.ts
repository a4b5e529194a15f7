/** Numbers, amounts, times and names as people read them; pure, so that every page says the same thing the same way. */

import { toDecimal } from '@stellartrain/contracts-client/units'
import { counted } from '@stellartrain/sdk/counted'

const group = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** Base units as a decimal: `formatUnits('12345000000', 7)` is "1,234.5". Trailing zeros go, digits are never rounded away. */
export function formatUnits(units: string | bigint, decimals: number): string {
  const [whole = '', fraction] = toDecimal(BigInt(units), decimals).replace('-', '').split('.')
  return `${BigInt(units) < 0n ? '\u2212' : ''}${group.format(BigInt(whole))}${fraction ? `.${fraction}` : ''}`
}

/** What amounts of a token are written with; a token that could not be read yet is counted in its base units. */
export type Unit = { code: string | null; decimals: number | null; contract: string }

export const unitName = (asset: Unit): string =>
  asset.code && asset.decimals !== null ? asset.code : `base units of ${shorten(asset.contract)}`
export const formatNumber = (units: string | bigint, asset: Unit): string =>
  formatUnits(units, asset.code ? (asset.decimals ?? 0) : 0)

export function formatAmount(units: string | bigint, asset: Unit): string {
  return `${formatNumber(units, asset)} ${unitName(asset)}`
}

/** Decimal text to base units; null when it is not a plain non-negative number with at most `decimals` places. */
export function parseUnits(text: string, decimals: number): bigint | null {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text.trim())
  const fraction = match?.[2] ?? ''
  if (!match || fraction.length > decimals) return null
  return BigInt(match[1] + fraction.padEnd(decimals, '0'))
}

/** A score as posted, at most seven places, without trailing zeros. */
export function formatScore(value: number): string {
  if (Number.isInteger(value)) return value.toString().replace('-', '\u2212')
  return value
    .toFixed(7)
    .replace(/\.?0+$/, '')
    .replace('-', '\u2212')
}

/** `1 item`, `2,000 items`; `partOf` of the same place says `2 of 3 oracles`. */
export const formatCount = counted

export function ordinal(n: number): string {
  const tens = n % 100
  const suffix = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${n}${suffix}`
}

const units: [string, string, number][] = [
  ['d', 'day', 86_400],
  ['h', 'hour', 3_600],
  ['min', 'minute', 60],
  ['s', 'second', 1],
]

/** "2 d 4 h", "3 min": the two largest parts, the second only next to days and hours. */
export function formatDuration(seconds: number): string {
  const total = Math.max(0, Math.round(seconds))
  const at = units.findIndex(([, , size]) => total >= size)
  if (at < 0) return '0 s'
  const [name, , size] = units[at]!
  const first = Math.floor(total / size)
  if (name === 'd' && total >= 10 * size) return `${Math.round(total / size)} d`
  const next = at < 2 ? units[at + 1] : undefined
  const second = next ? Math.floor((total - first * size) / next[2]) : 0
  return `${first} ${name}${next && second > 0 ? ` ${second} ${next[0]}` : ''}`
}

export function formatRelative(at: number, now: number): string {
  const seconds = (at - now) / 1000
  if (Math.abs(seconds) < 1) return 'now'
  return seconds > 0 ? `in ${formatDuration(seconds)}` : `${formatDuration(-seconds)} ago`
}

const exact = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'UTC',
})
export const formatExact = (at: number): string => `${exact.format(at)} UTC`

const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
})
export const formatDay = (at: number): string => `${day.format(at)} UTC`

/** `GABC…WXYZ`: enough to recognize, never enough to trust; the whole name is one copy away. */
export function shorten(text: string, head = 4, tail = 4): string {
  return text.length <= head + tail + 1 ? text : `${text.slice(0, head)}…${text.slice(-tail)}`
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const steps = ['KiB', 'MiB', 'GiB']
  let value = bytes / 1024
  let step = 0
  while (value >= 1024 && step < steps.length - 1) {
    value /= 1024
    step += 1
  }
  return `${value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${steps[step]}`
}

/** Words of metric ids that are abbreviations; r2 is none. */
const ABBREVIATIONS = new Set(
  'roc auc rmse mse mae msle rmsle mape smape wape mase ovr ovo ap ece mcc crps d2 dcg ndcg mrr map wer cer ter bleu iou coco lrap nmi ami f1 rmspe'.split(
    ' ',
  ),
)

/** The short name of a metric, from its id: a metric of a later version has one, too. */
export function metricName(id: string | null | undefined): string {
  if (!id) return 'Score'
  if (id === 'r2') return 'R²'
  const words = id.split('_').map((word) => (ABBREVIATIONS.has(word) ? word.toUpperCase() : word))
  const name = words.join(' ')
  return name[0]!.toUpperCase() + name.slice(1)
}

/** The sign of "good enough": a maximised score must be at least the threshold. */
export const meetsSign = (direction: 'maximize' | 'minimize'): string => (direction === 'maximize' ? '≥' : '≤')
