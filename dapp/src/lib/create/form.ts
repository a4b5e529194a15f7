/** The form of a new challenge: its fields as typed, what they must be, and what they add up to. Pure. */

import { type Payout, quorum, votesEnd } from '@stellartrain/contracts-client/rules'
import { DESCRIPTION_MAX, isLine, LICENSE_MAX, SUMMARY_MAX, TITLE_MAX } from '@stellartrain/ipfs-content/limits'
import { patterns } from '../addresses.ts'
import { formatDuration, parseUnits } from '../format.ts'

export type Form = {
  title: string
  summary: string
  description: string
  license: string
  tags: string
  mode: 'split' | 'files'
  idColumn: string
  targetColumn: string
  testShare: string
  seed: number
  metric: string
  posLabel: string
  baseline: 'constant' | 'file'
  baselineText: string
  threshold: string
  step: string
  asset: string
  /** How the prize is won: by the first who reach the threshold, or by the best after the deadline. */
  kind: 'bounty' | 'ranked'
  reward: string
  winners: string
  /** Of a ranking, the largest first, between commas. */
  prizes: string
  /** Of the rows to predict, percent: scored at once; the others decide a ranking. */
  publicShare: string
  /** Whether identical files of two solvers count as a copy; empty: by the kind of values. */
  unique: '' | 'yes' | 'no'
  deposit: string
  oracleFee: string
  graded: string
  attempts: string
  attemptsPerDay: string
  /** Local date and time, as a datetime-local input has it. */
  deadline: string
  acceptHours: string
  patienceMinutes: string
  gradeDays: string
  oracles: string[]
  /** An account or a contract; empty for none. */
  judge: string
  judgeDays: string
  /** A contract that admits solvers; empty: everybody. */
  gate: string
  opensTruth: boolean
  opensSubmissions: 'none' | 'winning' | 'all'
  /** Steps that were completed once: what nobody has looked at yet is not called complete. */
  seen: StepName[]
}

export type FileRole = 'labelled' | 'train' | 'test' | 'truth' | 'baseline'
export type StepName = 'data' | 'metric' | 'money' | 'oracles' | 'review'
export const stepNames: StepName[] = ['data', 'metric', 'money', 'oracles', 'review']

const pad = (value: number): string => String(value).padStart(2, '0')
export const localInput = (at: number): string => {
  const date = new Date(at)
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`
}

const WEEK_MS = 7 * 86_400_000

export const newForm = (now: number, asset: string): Form => ({
  title: '',
  summary: '',
  description: '',
  license: 'CC0-1.0',
  tags: '',
  mode: 'split',
  idColumn: '',
  targetColumn: '',
  testShare: '30',
  seed: Math.floor(now / 1000) % 1_000_000,
  metric: '',
  posLabel: '',
  baseline: 'constant',
  baselineText: '',
  threshold: '',
  step: '0.001',
  asset,
  kind: 'bounty',
  reward: '50',
  winners: '1',
  prizes: '30, 15, 5',
  publicShare: '50',
  unique: '',
  deposit: '0',
  oracleFee: '0.1',
  graded: '50',
  attempts: '20',
  attemptsPerDay: '5',
  deadline: localInput(now + WEEK_MS),
  acceptHours: '24',
  patienceMinutes: '60',
  gradeDays: '2',
  oracles: [],
  judge: '',
  judgeDays: '3',
  gate: '',
  opensTruth: true,
  opensSubmissions: 'winning',
  seen: [],
})

export type Problems = Partial<Record<keyof Form | 'files', string>>

const whole = (text: string): number | null => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : null)
const decimal = (text: string): number | null => (/^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : null)
const within = (value: number | null, low: number, high: number): value is number =>
  value !== null && value >= low && value <= high

export type Times = {
  acceptBy: number
  deadline: number
  votesEnd: number
  gradeBy: number
  /** Null without a judge. */
  judgeBy: number | null
  patience: number
}

/** Unix seconds; null while a field is not a number. */
export function timesOf(form: Form, now: number): Times | null {
  const deadline = Math.floor(Date.parse(form.deadline) / 1000)
  const accept = decimal(form.acceptHours)
  const minutes = decimal(form.patienceMinutes)
  const grade = decimal(form.gradeDays)
  const judge = form.judge.trim() ? decimal(form.judgeDays) : 0
  if (!Number.isFinite(deadline) || accept === null || minutes === null || grade === null || judge === null) return null
  const patience = Math.round(minutes * 60)
  const gradeBy = deadline + Math.round(grade * 86_400)
  const payout: Payout =
    form.kind === 'ranked' ? { rule: 'ranked', prizes: [] } : { rule: 'bounty', reward: 0n, winners: 1 }
  return {
    acceptBy: Math.floor(now / 1000 + accept * 3600),
    deadline,
    votesEnd: votesEnd({ payout, gradeBy, patience }),
    gradeBy,
    judgeBy: form.judge.trim() ? gradeBy + Math.round(judge * 86_400) : null,
    patience,
  }
}

/** Their majority. Until an odd number is chosen, that of the next one. */
export const quorumOf = (form: Pick<Form, 'oracles'>): number => Math.max(1, Math.ceil(quorum(form)))

/** Of a ranking; null where one is no amount, or they do not fall. */
export function prizesOf(form: Form, decimals: number): bigint[] | null {
  const prizes = form.prizes.split(',').map((text) => parseUnits(text.trim(), decimals))
  const known = prizes.filter((prize) => prize !== null)
  const falls = known.every((prize, at) => prize > 0n && (at === 0 || prize <= known[at - 1]!))
  return known.length === prizes.length && falls ? known : null
}

export type Sums = {
  /** To the first, or to each winner of a bounty. */
  reward: bigint
  prize: bigint
  fee: bigint
  feeBudget: bigint
  /** Of `feeBudget`, what is set aside for the ranking at once. */
  rankingFees: bigint
  deposit: bigint
  total: bigint
}

/** Base units of the asset; null while an amount is missing. */
export function sumsOf(form: Form, decimals: number): Sums | null {
  const reward = parseUnits(form.reward, decimals)
  const fee = parseUnits(form.oracleFee, decimals)
  const deposit = parseUnits(form.deposit, decimals)
  const winners = whole(form.winners)
  const graded = whole(form.graded)
  const ranked = form.kind === 'ranked'
  const prizes = ranked ? prizesOf(form, decimals) : null
  if (fee === null || deposit === null || graded === null) return null
  if (ranked ? prizes === null : reward === null || winners === null) return null
  const verdict = fee * BigInt(quorumOf(form))
  const rankingFees = ranked ? verdict : 0n
  const prize = prizes ? prizes.reduce((sum, one) => sum + one, 0n) : reward! * BigInt(winners!)
  const feeBudget = verdict * BigInt(graded) + rankingFees
  return {
    ...{ reward: prizes?.[0] ?? reward!, prize, fee, feeBudget, rankingFees, deposit },
    total: prize + feeBudget,
  }
}

/** As written, between the commas: nothing about a tag is changed on the way to the ledger. */
export const tagsOf = (text: string): string[] =>
  text
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean)

/** The manifest's own rule, so that the page refuses what the sdk would refuse. */
function tagsProblem(text: string): string | undefined {
  const tags = tagsOf(text)
  const bad = tags.find((tag) => !/^[a-z0-9-]{1,32}$/.test(tag))
  if (bad) return `“${bad}” is not a tag: use a to z, 0 to 9 and hyphens, up to 32 characters.`
  const twice = tags.find((tag, at) => tags.indexOf(tag) < at)
  if (twice) return `“${twice}” is there twice.`
  return tags.length > 10 ? `These are ${tags.length} tags; ten is the most.` : undefined
}

export type CheckContext = {
  now: number
  decimals: number
  /** What the contract asks for at least, seconds. */
  minPatience: number
  minWindow: number
  /** The connected account, which would be the maker. */
  maker?: string | undefined
  /** What the connected wallet holds of the asset; undefined where that is not known. */
  balance?: { units: bigint; words: (units: bigint) => string } | undefined
}

export function checkStep(step: StepName, form: Form, context: CheckContext): Problems {
  switch (step) {
    case 'data':
      return checkData(form)
    case 'metric':
      return checkMetric(form)
    case 'money':
      return checkMoney(form, context)
    case 'oracles':
      return checkOracles(form, context)
    case 'review':
      return {}
  }
}

/** What the manifest takes as a line; the text goes there as typed. */
function lineProblem(text: string, max: number): string | undefined {
  if (!text.trim()) return `One line of up to ${max} characters.`
  if (text.length > max) return `These are ${text.length} characters; ${max} is the most.`
  return isLine(text) ? undefined : 'Remove the tab or other control character.'
}

function checkData(form: Form): Problems {
  const problems: Problems = {}
  const title = lineProblem(form.title, TITLE_MAX)
  if (title) problems.title = title
  const summary = lineProblem(form.summary, SUMMARY_MAX)
  if (summary) problems.summary = summary
  if (!form.description.trim()) problems.description = 'What the data is, where it comes from, what to predict.'
  else if (form.description.length > DESCRIPTION_MAX)
    problems.description = `These are ${form.description.length.toLocaleString('en-US')} characters; ${DESCRIPTION_MAX.toLocaleString('en-US')} is the most.`
  const tags = tagsProblem(form.tags)
  if (tags) problems.tags = tags
  const license = lineProblem(form.license, LICENSE_MAX)
  if (license) problems.license = form.license.trim() ? license : 'The licence of the data, such as CC0-1.0.'
  if (form.mode === 'split' && !within(decimal(form.testShare), 5, 90)) problems.testShare = 'Between 5 and 90 percent.'
  return problems
}

function checkMetric(form: Form): Problems {
  const problems: Problems = {}
  if (!form.metric) problems.metric = 'Choose a metric.'
  if (decimal(form.threshold) === null) problems.threshold = 'A number that a winning score must reach.'
  const step = decimal(form.step)
  if (step === null || step < 1e-7) problems.step = 'A positive number, at least 0.0000001.'
  return problems
}

function checkMoney(form: Form, context: CheckContext): Problems {
  const { decimals, balance } = context
  const problems: Problems = {}
  const places = `A number with at most ${decimals} decimals.`
  if (!form.asset) problems.asset = 'Choose what the prize is paid in.'
  const prize = form.kind === 'ranked' ? 'prizes' : 'reward'
  if (form.kind === 'ranked') {
    if (prizesOf(form, decimals) === null)
      problems.prizes = 'Amounts above 0 between commas, the largest first, such as 30, 15, 5.'
    else if (form.prizes.split(',').length > 40) problems.prizes = 'At most 40 prizes.'
    if (!within(decimal(form.publicShare), 5, 95)) problems.publicShare = 'Between 5 and 95 percent.'
  } else if ((parseUnits(form.reward, decimals) ?? 0n) <= 0n) problems.reward = `More than 0. ${places}`
  const total = sumsOf(form, decimals)?.total
  if (balance && total !== undefined && total > balance.units)
    problems[prize] ??=
      `Your wallet holds ${balance.words(balance.units)}, and the challenge would lock ${balance.words(total)}.`
  if (parseUnits(form.deposit, decimals) === null) problems.deposit = places
  if (parseUnits(form.oracleFee, decimals) === null) problems.oracleFee = places
  if (form.kind === 'bounty' && !within(whole(form.winners), 1, 50)) problems.winners = 'Between 1 and 50.'
  if (!within(whole(form.graded), 0, 1_000_000)) problems.graded = 'A whole number.'
  if (!within(whole(form.attempts), 1, 1_000_000)) problems.attempts = 'At least 1.'
  if (!within(whole(form.attemptsPerDay), 1, 1_000_000)) problems.attemptsPerDay = 'At least 1.'
  return { ...problems, ...checkDates(form, context) }
}

const MAX_DAYS = 150
const DAY = 86_400

/** Each date by its own field: one that cannot be read says nothing about the others. Nothing is put right silently. */
function checkDates(form: Form, { now, minPatience, minWindow }: CheckContext): Problems {
  const problems: Problems = {}
  const accept = decimal(form.acceptHours)
  if (accept === null || accept <= 0) problems.acceptHours = 'A number of hours, more than 0.'
  const grade = decimal(form.gradeDays)
  if (grade === null || grade < 0) problems.gradeDays = 'A number of days, 0 or more.'
  const deadline = Date.parse(form.deadline)
  if (!Number.isFinite(deadline) || deadline <= now) problems.deadline = 'A time in the future.'
  const minutes = decimal(form.patienceMinutes)
  if (minutes === null || !within(Math.round(minutes * 60), minPatience, 7 * DAY))
    problems.patienceMinutes = `Between ${Math.ceil((minPatience / 60) * 100) / 100} minutes and 7 days.`
  const times = timesOf(form, now)
  if (!times || problems.deadline || problems.patienceMinutes) return problems
  const { acceptBy, patience, gradeBy } = times
  if (!problems.acceptHours && acceptBy + patience > times.deadline)
    problems.acceptHours = `The oracles must have accepted one waiting time, ${formatDuration(patience)}, before the challenge closes.`
  const least = Math.max(4 * patience, minWindow)
  if (!problems.gradeDays && gradeBy - times.deadline < least)
    problems.gradeDays = `At least ${formatDuration(least)}, which is ${Math.ceil((least / DAY) * 1_000) / 1_000} days: four waiting times, and no less than this network’s smallest window.`
  if (!problems.gradeDays && (times.judgeBy ?? gradeBy) * 1000 > now + MAX_DAYS * DAY * 1000)
    problems.gradeDays = `Everything must be decided within ${MAX_DAYS} days from now.`
  return problems
}

function checkOracles(form: Form, { minWindow, maker }: CheckContext): Problems {
  const problems: Problems = {}
  if (![1, 3, 5].includes(form.oracles.length)) problems.oracles = 'Choose one, three or five oracles.'
  const judge = form.judge.trim()
  if (judge && !patterns.account.test(judge)) problems.judge = 'An address that begins with G or C, or nothing.'
  else if (judge && judge === maker) problems.judge = 'You make this challenge, so you cannot judge it.'
  else if (form.oracles.includes(judge)) problems.judge = 'An oracle of this challenge cannot judge it.'
  const days = decimal(form.judgeDays)
  if (judge && (days === null || days * DAY < minWindow))
    problems.judgeDays = `At least ${formatDuration(minWindow)}, which is ${Math.ceil((minWindow / DAY) * 1_000) / 1_000} days.`
  const gate = form.gate.trim()
  if (gate && !(gate.startsWith('C') && patterns.account.test(gate)))
    problems.gate = 'The address of a contract, which begins with C, or nothing.'
  return problems
}
