/** The form of a new challenge: its fields as typed, what they must be, and what they add up to. Pure. */
import { DESCRIPTION_MAX, isLine, LICENSE_MAX, SUMMARY_MAX, TITLE_MAX } from '@stellartrain/ipfs-content/limits'
import { parseUnits } from '../format.ts'

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
  reward: string
  winners: string
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
  silencePercent: string
  oracles: string[]
  quorum: string
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
  reward: '50',
  winners: '1',
  deposit: '0',
  oracleFee: '0.1',
  graded: '50',
  attempts: '20',
  attemptsPerDay: '5',
  deadline: localInput(now + WEEK_MS),
  acceptHours: '24',
  patienceMinutes: '60',
  gradeDays: '2',
  silencePercent: '0',
  oracles: [],
  quorum: '1',
  opensTruth: true,
  opensSubmissions: 'winning',
  seen: [],
})

export type Problems = Partial<Record<keyof Form | 'files', string>>

const whole = (text: string): number | null => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : null)
const decimal = (text: string): number | null => (/^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : null)
const within = (value: number | null, low: number, high: number): value is number =>
  value !== null && value >= low && value <= high

export type Times = { acceptBy: number; deadline: number; gradeBy: number; patience: number }

/** Unix seconds; null while a field is not a number. */
export function timesOf(form: Form, now: number): Times | null {
  const deadline = Math.floor(Date.parse(form.deadline) / 1000)
  const accept = decimal(form.acceptHours)
  const patience = decimal(form.patienceMinutes)
  const grade = decimal(form.gradeDays)
  if (!Number.isFinite(deadline) || accept === null || patience === null || grade === null) return null
  const seconds = Math.round(patience * 60)
  return {
    acceptBy: Math.min(deadline, Math.floor(now / 1000 + accept * 3600)),
    deadline,
    gradeBy: deadline + Math.max(Math.round(grade * 86_400), 3 * seconds),
    patience: seconds,
  }
}

export type Sums = { reward: bigint; prize: bigint; fee: bigint; feeBudget: bigint; deposit: bigint; total: bigint }

/** Base units of the asset; null while an amount is missing. */
export function sumsOf(form: Form, decimals: number): Sums | null {
  const reward = parseUnits(form.reward, decimals)
  const fee = parseUnits(form.oracleFee, decimals)
  const deposit = parseUnits(form.deposit, decimals)
  const winners = whole(form.winners)
  const graded = whole(form.graded)
  const quorum = whole(form.quorum)
  if (reward === null || fee === null || deposit === null || winners === null || graded === null || quorum === null)
    return null
  const prize = reward * BigInt(winners)
  const feeBudget = fee * BigInt(graded) * BigInt(quorum)
  return { reward, prize, fee, feeBudget, deposit, total: prize + feeBudget }
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
  minPatience: number
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
      return checkOracles(form)
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

function checkMoney(form: Form, { now, decimals, minPatience, balance }: CheckContext): Problems {
  const problems: Problems = {}
  const places = `A number with at most ${decimals} decimals.`
  if (!form.asset) problems.asset = 'Choose what the prize is paid in.'
  if ((parseUnits(form.reward, decimals) ?? 0n) <= 0n) problems.reward = `More than 0. ${places}`
  const total = sumsOf(form, decimals)?.total
  if (balance && total !== undefined && total > balance.units)
    problems.reward ??= `Your wallet holds ${balance.words(balance.units)}, and the challenge would lock ${balance.words(total)}.`
  if (parseUnits(form.deposit, decimals) === null) problems.deposit = places
  if (parseUnits(form.oracleFee, decimals) === null) problems.oracleFee = places
  if (!within(whole(form.winners), 1, 50)) problems.winners = 'Between 1 and 50.'
  if (!within(whole(form.graded), 0, 1_000_000)) problems.graded = 'A whole number.'
  if (!within(whole(form.attempts), 1, 1_000_000)) problems.attempts = 'At least 1.'
  if (!within(whole(form.attemptsPerDay), 1, 1_000_000)) problems.attemptsPerDay = 'At least 1.'
  if (!within(decimal(form.silencePercent), 0, 100)) problems.silencePercent = 'Between 0 and 100 percent.'
  else if (Number(form.silencePercent) > 0 && parseUnits(form.deposit, decimals) === 0n) {
    problems.silencePercent = 'Without a deposit this has to be 0, or anyone could send garbage for a share.'
  }
  // Each date by its own field: one that cannot be read says nothing about the others.
  const accept = decimal(form.acceptHours)
  if (accept === null || accept <= 0) problems.acceptHours = 'A number of hours, more than 0.'
  const grade = decimal(form.gradeDays)
  if (grade === null || grade < 0) problems.gradeDays = 'A number of days, 0 or more.'
  const deadline = Date.parse(form.deadline)
  if (!Number.isFinite(deadline) || deadline <= now) problems.deadline = 'A time in the future.'
  const patience = decimal(form.patienceMinutes)
  if (patience === null || !within(Math.round(patience * 60), minPatience, 7 * 86_400)) {
    problems.patienceMinutes = `Between ${Math.ceil((minPatience / 60) * 100) / 100} minutes and 7 days.`
  }
  const times = timesOf(form, now)
  if (
    times &&
    !problems.deadline &&
    !problems.gradeDays &&
    !problems.patienceMinutes &&
    times.gradeBy * 1000 > now + 150 * 86_400_000
  )
    problems.gradeDays = 'Grading must end within 150 days from now.'
  return problems
}

function checkOracles(form: Form): Problems {
  const count = form.oracles.length
  if (!within(count, 1, 5)) return { oracles: 'Choose one to five oracles.' }
  const quorum = whole(form.quorum)
  return quorum !== null && quorum > count / 2 && quorum <= count
    ? {}
    : { quorum: 'More than half of the oracles, and not more than all.' }
}
