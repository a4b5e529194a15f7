/** What is wrong with the fields of a challenge that pays for labels. Pure; what needs the items is found when they are read. */
import { ANSWER_MAX_BYTES, ratingCount } from '@stellartrain/ipfs-content/labeling'
import { QUIZ_MOST_QUESTIONS, QUIZ_MOST_TRIES } from '@stellartrain/ipfs-content/limits'
import { BATCHES } from '@stellartrain/sdk/labels-amounts'
import { patterns } from '../../site/addresses.ts'
import { parseUnits } from '../../words/format.ts'
import type { Form } from '../form.ts'
import { decimal, whole, within } from '../numbers.ts'
import type { CheckContext, Problems } from '../problems.ts'
import { choicesOf, type LabelsForm } from './form.ts'

export function checkItems(labels: LabelsForm): Problems {
  const problems: Problems = {}
  if (labels.source === 'table' && !labels.idColumn.trim()) problems.idColumn = 'The column that names each item.'
  if (labels.source === 'table' && labels.knownFrom === 'column' && !labels.knownColumn)
    problems.knownColumn = 'The column that has the answers you know. It is not published.'
  return problems
}

const CHOICES: ReadonlySet<string> = new Set(['choice', 'choices', 'spans', 'boxes', 'polygons'])
const PARTS: ReadonlySet<string> = new Set(['spans', 'boxes', 'polygons'])

export function checkTask(labels: LabelsForm): Problems {
  // Label Studio's configuration is the task.
  if (labels.source === 'studio') return checkPeople(labels)
  const problems = checkPeople(labels)
  const { answer } = labels
  if (CHOICES.has(answer)) {
    const choices = choicesOf(labels.choices)
    const least = answer === 'choice' ? 2 : 1
    const twice = choices.find(({ value }, at) => choices.findIndex((one) => one.value === value) < at)
    if (choices.length < least)
      problems.choices = least === 2 ? 'At least two, one on each line.' : 'At least one, one on each line.'
    else if (choices.length > 200) problems.choices = `These are ${choices.length}; 200 is the most.`
    else if (twice) problems.choices = `“${twice.value}” is there twice.`
  }
  if (answer === 'text' || answer === 'transcription') {
    if (!within(whole(labels.maxLength), 1, ANSWER_MAX_BYTES))
      problems.maxLength = `Between 1 and ${ANSWER_MAX_BYTES.toLocaleString('en-US')} characters.`
  }
  if (answer === 'choices') {
    const [least, most] = [whole(labels.least) ?? 0, whole(labels.most) ?? 200]
    if (least > most) problems.least = 'No more than the most that can be chosen.'
  }
  if (PARTS.has(answer) && !within(decimal(labels.iou), 0.05, 1)) problems.iou = 'Between 0.05 and 1.'
  if (answer === 'rating') {
    const [from, to, step] = [decimal(labels.from), decimal(labels.to), decimal(labels.step)]
    if (from === null || to === null || step === null || ratingCount({ from, to, step }) === undefined)
      problems.step = 'The steps must lead from the lowest to the highest value, such as 1 to 5 by 1.'
  }
  if (answer === 'preference' && (!labels.a || labels.a === labels.b)) problems.b = 'Choose two different columns.'
  if (answer === 'ranking' && !within(labels.ranked.length, 2, 20)) problems.ranked = 'Choose 2 to 20 columns to order.'
  return problems
}

function checkPeople({ reviewer, instructions }: LabelsForm): Problems {
  const problems: Problems = {}
  if (!instructions.trim()) problems.instructions = 'Say how to label, and what to do where it is not clear.'
  else if (instructions.length > 20_000)
    problems.instructions = `These are ${instructions.length.toLocaleString('en-US')} characters; 20,000 is the most.`
  if (reviewer.trim() && !patterns.account.test(reviewer.trim()))
    problems.reviewer = 'An address that begins with G or C, or nothing.'
  return problems
}

export function checkLabelsMoney(form: Form, { decimals, balance, labels: known }: CheckContext): Problems {
  const { labels } = form
  const problems: Problems = {}
  const places = `A number with at most ${decimals} decimals.`
  const amount = (text: string) => parseUnits(text, decimals)
  if (!form.asset) problems.asset = 'Choose what labels are paid in.'
  if ((amount(labels.perItem) ?? 0n) <= 0n) problems.perItem = `More than 0. ${places}`
  const seconds = decimal(labels.seconds)
  if (seconds === null || seconds <= 0 || seconds > 86_400) problems.seconds = 'A number of seconds, more than 0.'
  if (!within(whole(labels.overlap), 1, 20)) problems.overlap = 'Between 1 and 20 labelers.'
  if (!within(decimal(labels.minAccuracy), 1, 100)) problems.minAccuracy = 'Between 1 and 100 percent.'
  const most = known?.items ?? 100_000
  if (labels.batch.trim() && !within(whole(labels.batch), 1, most))
    problems.batch = `Between 1 and ${most.toLocaleString('en-US')} items, or nothing.`
  const budget = labels.budget.trim() ? amount(labels.budget) : undefined
  if (budget === null || budget === 0n) problems.budget = `${places} Or nothing.`
  else if (budget !== undefined && form.kind === 'per_unit') {
    const least = (amount(labels.perItem) ?? 0n) * BigInt(whole(labels.batch) ?? 1) * BigInt(BATCHES)
    if (labels.batch.trim() && budget < least)
      problems.budget = 'A full batch may earn at most a twentieth of it: pay for more, or make batches smaller.'
  }
  Object.assign(problems, checkQuiz(labels))
  if (labels.graded.trim() && !within(whole(labels.graded), 0, 10_000_000))
    problems.graded = 'A whole number, or nothing.'
  if (amount(form.oracleFee) === null) problems.oracleFee = places
  if (form.kind === 'per_unit' && amount(form.deposit) === null) problems.deposit = places
  const total = known?.total
  if (balance && total !== undefined && total > balance.units)
    problems.perItem ??= `Your wallet holds ${balance.words(balance.units)}, and the challenge would lock ${balance.words(total)}.`
  return problems
}

function checkQuiz(labels: LabelsForm): Problems {
  const problems: Problems = {}
  if (labels.labelers === 'everyone') return problems
  const questions = whole(labels.quizQuestions)
  if (!within(questions, 1, QUIZ_MOST_QUESTIONS)) problems.quizQuestions = `Between 1 and ${QUIZ_MOST_QUESTIONS}.`
  if (!within(whole(labels.quizItems), questions ?? 1, 10_000)) problems.quizItems = 'At least as many as one try asks.'
  if (!within(decimal(labels.quizAccuracy), 1, 100)) problems.quizAccuracy = 'Between 1 and 100 percent.'
  if (!within(whole(labels.quizTries), 1, QUIZ_MOST_TRIES)) problems.quizTries = `Between 1 and ${QUIZ_MOST_TRIES}.`
  return problems
}
