/** The plan file of `stellartrain create`: the plan as JSON, files named by paths beside it, flags over both. */

import { readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { planEarnings } from '../create/earnings-plan.ts'
import type { ChallengePlan, PlannedDataset } from '../create/plan.ts'
import { WHERE_ORACLES } from '../oracles/where.ts'
import { parseAsset } from '../system/names.ts'
import { timeOf } from './args.ts'
import { unreadable } from './file-problem.ts'
import { UsageError } from './io.ts'
import { readJsonObject } from './json-file.ts'
import { checkPlan } from './plan-schema.ts'

export const PLAN_FLAGS = {
  title: { type: 'string' },
  asset: { type: 'string' },
  reward: { type: 'string' },
  winners: { type: 'string' },
  threshold: { type: 'string' },
  deposit: { type: 'string' },
  oracle: { type: 'string', multiple: true },
  judge: { type: 'string' },
  'judge-by': { type: 'string' },
  gate: { type: 'string' },
  'oracle-fee': { type: 'string' },
  'fee-budget': { type: 'string' },
  deadline: { type: 'string' },
} as const

export type Flags = { [Name in keyof typeof PLAN_FLAGS]?: string | string[] | undefined }
type Json = Record<string, unknown>

/**
 * `oracles: 'may be missing'` is for what no oracle decides: flags of `create` name them where the file does not.
 * @throws UsageError naming what is missing, what holds something else than it should, or which file cannot be read
 */
export function readPlan(path: string, flags: Flags, now: Date, oracles?: 'may be missing'): ChallengePlan {
  const json = readJsonObject(path)
  const open = (file: string) => read(resolve(dirname(path), file))
  return planFrom(json, { flags, now, open, oracles })
}

/** Gives the bytes of a file that a plan names. */
type Open = (file: string) => Uint8Array

type Reading = { flags: Flags; now: Date; open: Open; oracles?: 'may be missing' | undefined }

/** The same for a plan that is no file itself. @throws UsageError */
export function planFrom(of: object, { flags, now, open, oracles }: Reading): ChallengePlan {
  const json: Json = { ...checkPlan({ ...of, ...definedFlags(flags) }) }
  const { rule } = (json.payout ?? {}) as Json
  if (rule === 'earnings' && json.labeling === undefined) return earningsPlan(json, open, now)
  if (rule === 'per_unit' || rule === 'earnings') json.threshold ??= '0'
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
    ...(oracles === undefined ? ['oracles'] : []),
    'deadline',
  ].filter((name) => json[name] === undefined)
  if (json.reward === undefined && json.payout === undefined) missing.push('reward or payout')
  if (json.description === undefined && json.descriptionFile === undefined) missing.push('description')
  refuseMissing(missing)
  const { datasets: _, truth, description: __, descriptionFile: ___, $schema: ____, ...rest } = json
  const text = (value: unknown) => (value === undefined ? undefined : String(value))
  const plan = {
    ...rest,
    ...timesIn(json, now),
    ...namesIn(json),
    description: descriptionIn(json, open),
    datasets: datasetsIn(json, open),
    truth: open(String(truth)),
    threshold: text(json.threshold),
    ...payoutIn(json),
    ...(json.step === undefined ? {} : { step: text(json.step) }),
    ...(json.deposit === undefined ? {} : { deposit: text(json.deposit) }),
    ...(json.oracleFee === undefined ? {} : { oracleFee: text(json.oracleFee) }),
    ...(json.feeBudget === undefined ? {} : { feeBudget: text(json.feeBudget) }),
    ...peopleIn(json, now),
  }
  return plan as unknown as ChallengePlan
}

/** @throws UsageError */
function refuseMissing(missing: readonly string[]): void {
  if (missing.length === 0) return
  const where = missing.includes('oracles') ? ` ${WHERE_ORACLES}` : ''
  throw new UsageError(`The plan lacks ${missing.join(', ')}.${where}`)
}

/** Checked here, where the plan can be named; what does not fit together is found when it is prepared. */
function namesIn({ asset, oracles }: Json): { asset: string; oracles: string[] } {
  return {
    // A code without an issuer may be one that the system knows.
    asset: String(asset).includes(':') ? parseAsset(String(asset)) : String(asset),
    oracles: oracles as string[],
  }
}

/** Who decides beside the oracles, and who admits. */
function peopleIn({ judge, gate }: Json, now: Date): Partial<ChallengePlan> {
  return {
    ...(judge === undefined ? {} : { judge: judgeIn(judge, now) }),
    ...(gate === undefined ? {} : { gate: String(gate) }),
  }
}

function judgeIn(judge: unknown, now: Date): NonNullable<ChallengePlan['judge']> {
  const { address, judgeBy } = (typeof judge === 'object' && judge !== null ? judge : { address: judge }) as Json
  return {
    address: String(address),
    ...(judgeBy === undefined ? {} : { judgeBy: timeOf(String(judgeBy), now) }),
  }
}

function timesIn(json: Json, now: Date): Partial<Record<'opens' | 'deadline' | 'acceptBy' | 'gradeBy', Date>> {
  const names = ['opens', 'deadline', 'acceptBy', 'gradeBy'] as const
  return Object.fromEntries(
    names.filter((name) => json[name] !== undefined).map((name) => [name, timeOf(String(json[name]), now)]),
  )
}

function descriptionIn({ description, descriptionFile }: Json, open: Open): string {
  return description === undefined ? new TextDecoder().decode(open(String(descriptionFile))) : String(description)
}

function datasetsIn({ datasets = [] }: Json, open: Open): PlannedDataset[] {
  type Planned = Omit<PlannedDataset, 'bytes' | 'newVersionOf'> & { file: string; newVersionOf?: unknown }
  return (datasets as Planned[]).map(({ file, newVersionOf, ...dataset }, index) => {
    const before = newVersionOf === undefined ? undefined : versionOf(newVersionOf, index)
    const name = dataset.name ?? before?.name ?? basename(file)
    return { ...dataset, name, bytes: open(file), ...(before && { newVersionOf: before }) }
  })
}

/** `7/train.csv` */
function versionOf(text: unknown, index: number): { challenge: number; name: string } {
  const [, number, name] = /^([1-9]\d{0,8})\/(.+)$/.exec(String(text)) ?? []
  if (number !== undefined && name !== undefined) return { challenge: Number(number), name }
  throw new UsageError(`newVersionOf of dataset ${index + 1} is a challenge and a name, e.g. "7/train.csv".`)
}

function earningsPlan(json: Json, open: Open, now: Date): ChallengePlan {
  const needed = ['title', 'summary', 'license', 'asset', 'oracles', 'deadline']
  const missing = needed.filter((name) => json[name] === undefined)
  if (json.description === undefined && json.descriptionFile === undefined) missing.push('description')
  const { prize } = json.payout as Json
  if (prize === undefined) missing.push('prize of the payout')
  refuseMissing(missing)
  const useless = ['truth', 'submission', 'metric', 'threshold', 'deposit', 'reward'].filter(
    (name) => json[name] !== undefined,
  )
  if (useless.length > 0)
    throw new UsageError(`A challenge that pays by earnings takes no submissions: remove ${useless.join(', ')}.`)
  const { title, summary, license, tags } = json as Record<string, string> & { tags?: string[] }
  return planEarnings({
    ...{ title: String(title), summary: String(summary), license: String(license), prize: String(prize) },
    ...(tags && { tags }),
    ...(timesIn(json, now) as { deadline: Date }),
    ...namesIn(json),
    description: descriptionIn(json, open),
    datasets: datasetsIn(json, open),
    ...(json.oracleFee === undefined ? {} : { oracleFee: String(json.oracleFee) }),
    ...(json.feeBudget === undefined ? {} : { feeBudget: String(json.feeBudget) }),
    ...(json.patienceSeconds === undefined ? {} : { patienceSeconds: Number(json.patienceSeconds) }),
  })
}

function payoutIn({ payout, reward, winners = 1 }: Json): Json {
  if (payout === undefined) return { reward: String(reward), winners }
  const amounts = ['reward', 'rate', 'prize', 'prizes']
  const asText = (value: unknown) => (Array.isArray(value) ? value.map(String) : String(value))
  const planned = Object.entries(payout as Json).map(([name, value]) => [
    name,
    amounts.includes(name) ? asText(value) : value,
  ])
  return { payout: Object.fromEntries(planned), ...(reward === undefined ? {} : { reward: String(reward) }) }
}

function definedFlags(flags: Flags): Json {
  const { judge, 'judge-by': judgeBy, ...rest } = flags
  const judges = judge === undefined ? {} : { judge: { address: judge, ...(judgeBy === undefined ? {} : { judgeBy }) } }
  const names: Readonly<Record<string, string>> = {
    oracle: 'oracles',
    'oracle-fee': 'oracleFee',
    'fee-budget': 'feeBudget',
  }
  const others = Object.entries(rest).filter(([name, value]) => name in PLAN_FLAGS && value !== undefined)
  const given = (name: string, value: unknown) => (name === 'winners' && Number(value) > 0 ? Number(value) : value)
  return {
    ...judges,
    ...Object.fromEntries(others.map(([name, value]) => [names[name] ?? name, given(name, value)])),
  }
}

function read(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path))
  } catch (cause) {
    throw unreadable(path, cause)
  }
}
