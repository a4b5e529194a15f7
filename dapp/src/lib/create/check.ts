/** What is wrong with a step, by field: the contract's and the manifest's own rules, before anything is signed. Pure. */
import { DESCRIPTION_MAX, isLine, LICENSE_MAX, SUMMARY_MAX, TITLE_MAX } from '@stellartrain/ipfs-content/limits'
import { patterns } from '../site/addresses.ts'
import { formatDuration, parseUnits } from '../words/format.ts'
import { type Form, tagsOf } from './form.ts'
import { paysLabels, type StepName } from './kinds.ts'
import { checkItems, checkLabelsMoney, checkTask } from './labels/check.ts'
import { checkModels } from './models.ts'
import { decimal, whole, within } from './numbers.ts'
import type { CheckContext, Problems } from './problems.ts'
import { judgedByLedger } from './recount.ts'
import { prizesOf, sumsOf, timesOf } from './sums.ts'

/** The manifest's own rule, so that the page refuses what the sdk would refuse. */
function tagsProblem(text: string): string | undefined {
  const tags = tagsOf(text)
  const bad = tags.find((tag) => !/^[a-z0-9-]{1,32}$/.test(tag))
  if (bad) return `“${bad}” is not a tag: use a to z, 0 to 9 and hyphens, up to 32 characters.`
  const twice = tags.find((tag, at) => tags.indexOf(tag) < at)
  if (twice) return `“${twice}” is there twice.`
  return tags.length > 10 ? `These are ${tags.length} tags; ten is the most.` : undefined
}

export function checkStep(step: StepName, form: Form, context: CheckContext): Problems {
  switch (step) {
    case 'kind':
      return {}
    case 'data':
      return checkData(form)
    case 'items':
      return { ...checkAbout(form), ...checkItems(form.labels) }
    case 'task':
      return checkTask(form.labels)
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
  const problems = checkAbout(form)
  Object.assign(problems, checkModels(form))
  if (form.mode === 'split' && !within(decimal(form.testShare), 5, 90)) problems.testShare = 'Between 5 and 90 percent.'
  return problems
}

/** Title to license, which every kind has. */
function checkAbout(form: Form): Problems {
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
  if (license) problems.license = form.license.trim() ? license : 'The license of the data, such as CC0-1.0.'
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
  if (paysLabels(form.kind)) return { ...checkLabelsMoney(form, context), ...checkDates(form, context) }
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

function checkOracles(form: Form, { minWindow, maker, refusing, ledgerJudge }: CheckContext): Problems {
  const problems: Problems = {}
  if (![1, 3, 5].includes(form.oracles.length)) problems.oracles = 'Choose one, three or five oracles.'
  else if (refusing && refusing.oracles.length > 0)
    problems.oracles = `${refusing.oracles.length === 1 ? 'One of them does' : `${refusing.oracles.length} of them do`} not serve ${refusing.what}, and would refuse the challenge.`
  if (form.kind === 'earnings') return problems
  const judge = form.judge.trim()
  if (judgedByLedger(form)) {
    if (ledgerJudge && 'why' in ledgerJudge) problems.judge = `The ledger cannot be the judge here: ${ledgerJudge.why}`
  } else if (judge && !patterns.account.test(judge)) problems.judge = 'An address that begins with G or C, or nothing.'
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
