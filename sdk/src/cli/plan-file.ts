/** The plan file of `stellartrain create`: the plan as JSON, files named by paths beside it, flags over both. */
import { readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import type { ChallengePlan, PlannedDataset } from '../plan.ts'
import { timeOf } from './args.ts'
import { UsageError } from './io.ts'

export const PLAN_FLAGS = {
  title: { type: 'string' },
  asset: { type: 'string' },
  reward: { type: 'string' },
  winners: { type: 'string' },
  threshold: { type: 'string' },
  deposit: { type: 'string' },
  oracle: { type: 'string', multiple: true },
  quorum: { type: 'string' },
  'oracle-fee': { type: 'string' },
  'fee-budget': { type: 'string' },
  deadline: { type: 'string' },
} as const

export const PLAN_HELP = `The plan is a JSON object. Files are paths beside it, times ISO dates or +3d, +12h, +30m; amounts are decimal strings.

  title, summary, description (or descriptionFile), license, tags
  datasets   [{"name", "role": "train|test|sample_submission|other", "file", "mediaType"?, "columns"?}]
  truth      CSV file: id, value; for a ranking a third column usage: public or private
  submission {"format": "csv", "idColumn", "columns": [{"name", "type": "number|integer|string", "labels"?}], "rows", "maxBytes"}
  metric     {"id", "params"?}        baseline {"description", "dataset"? (name of a published file), "score"?}
  publishes  {"truth": true, "submissions": "none|winning|all"}
  asset, threshold, step?, deposit?, silenceShare? (percent), attempts?, attemptsPerDay?
  reward, winners?   to each of the first solvers that reach the threshold, or
  payout     {"rule": "ranked", "prizes": ["60", "30", "10"]}: to the best on the private rows, after the deadline, or
             {"rule": "per_unit", "rate": "0.1", "maxUnits": 100, "prize": "500"}: for each accepted unit of a batch of labels, with
  labeling   {"items": name of a published file, "minAccuracy": 0.9}; the truth then has the items whose label is known
  oracles, quorum?, oracleFee?, feeBudget?
  opens?, deadline, acceptBy?, patienceSeconds?, gradeBy?

  --title, --asset, --reward, --winners, --threshold, --deposit, --oracle (repeatable), --quorum, --oracle-fee,
  --fee-budget, --deadline   override the plan
`

type Flags = { [Name in keyof typeof PLAN_FLAGS]?: string | string[] | undefined }
type Json = Record<string, unknown>

/** @throws UsageError naming what is missing or cannot be read */
export function readPlan(path: string, flags: Flags, now: Date): ChallengePlan {
  const json: Json = { ...readObject(path), ...definedFlags(flags) }
  const beside = (file: string) => resolve(dirname(path), file)
  const perUnit = (json.payout as Json | undefined)?.rule === 'per_unit'
  if (perUnit) json.threshold ??= '0'
  const missing = [
    'title',
    'summary',
    'license',
    'truth',
    'submission',
    'metric',
    'baseline',
    'asset',
    'threshold',
    'oracles',
    'deadline',
  ].filter((name) => json[name] === undefined)
  if (json.reward === undefined && json.payout === undefined) missing.push('reward or payout')
  if (json.description === undefined && json.descriptionFile === undefined) missing.push('description')
  if (missing.length > 0) throw new UsageError(`The plan lacks ${missing.join(', ')}.`)
  const { datasets = [], truth, description, descriptionFile, ...rest } = json
  const times: Partial<Record<'opens' | 'deadline' | 'acceptBy' | 'gradeBy', Date>> = {}
  for (const name of ['opens', 'deadline', 'acceptBy', 'gradeBy'] as const) {
    if (json[name] !== undefined) times[name] = timeOf(String(json[name]), now)
  }
  const text = (value: unknown) => (value === undefined ? undefined : String(value))
  const plan = {
    ...rest,
    ...times,
    description: description ?? new TextDecoder().decode(read(beside(String(descriptionFile)))),
    datasets: (datasets as (Omit<PlannedDataset, 'bytes'> & { file: string })[]).map(({ file, ...dataset }) => ({
      ...dataset,
      name: dataset.name ?? basename(file),
      bytes: read(beside(file)),
    })),
    truth: read(beside(String(truth))),
    threshold: text(json.threshold),
    ...payoutIn(json),
    ...(json.step === undefined ? {} : { step: text(json.step) }),
    ...(json.deposit === undefined ? {} : { deposit: text(json.deposit) }),
    ...(json.oracleFee === undefined ? {} : { oracleFee: text(json.oracleFee) }),
    ...(json.feeBudget === undefined ? {} : { feeBudget: text(json.feeBudget) }),
    ...(json.quorum === undefined ? {} : { quorum: whole('quorum', json.quorum) }),
  }
  return plan as unknown as ChallengePlan
}

function payoutIn({ payout, reward, winners }: Json): Json {
  if (payout === undefined) return { reward: String(reward), winners: whole('winners', winners ?? 1) }
  const planned = (typeof payout === 'object' && payout !== null ? payout : {}) as Json
  const { prizes, rate, prize } = planned
  if (planned.rule === 'per_unit')
    return {
      payout: { ...planned, rate: String(rate), prize: String(prize), maxUnits: whole('units', planned.maxUnits) },
    }
  if (
    planned.rule === 'ranked' &&
    !(Array.isArray(prizes) && prizes.every((prize) => /^(string|number)$/.test(typeof prize)))
  )
    throw new UsageError('The prizes of a ranking are a list of amounts, e.g. ["60", "30", "10"].')
  return {
    payout: Array.isArray(prizes) ? { ...planned, prizes: prizes.map(String) } : planned,
    ...(reward === undefined ? {} : { reward: String(reward) }),
  }
}

function definedFlags(flags: Flags): Json {
  const names: Readonly<Record<string, string>> = {
    oracle: 'oracles',
    'oracle-fee': 'oracleFee',
    'fee-budget': 'feeBudget',
  }
  return Object.fromEntries(
    Object.keys(PLAN_FLAGS)
      .filter((name) => flags[name as keyof Flags] !== undefined)
      .map((name) => [names[name] ?? name, flags[name as keyof Flags]]),
  )
}

function readObject(path: string): Json {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(read(path)))
    if (json !== null && typeof json === 'object' && !Array.isArray(json)) return json as Json
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    throw new UsageError(`${path} is not JSON: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
  throw new UsageError(`${path} is not a JSON object.`)
}

function read(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path))
  } catch (cause) {
    throw new UsageError(`The file ${path} cannot be read.`, { cause })
  }
}

function whole(name: string, value: unknown): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1) throw new UsageError(`The number of ${name} is a whole number from 1.`)
  return number
}
