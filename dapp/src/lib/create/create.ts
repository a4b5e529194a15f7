/** From the form to a funded challenge: the sdk prepares, the person looks, one signature locks the money. */
import {
  type ChallengePlan,
  type Created,
  type CreateProgress,
  createChallenge,
  type PreparedChallenge,
  prepareChallenge,
} from '@stellartrain/sdk/create'
import { networkNow } from '../reactive/clock.ts'
import { formatUnits } from '../words/format.ts'
import { system, walletSigner } from '../write/system.ts'
import type { Prepared, Trials } from './engine.ts'
import { tryPlan } from './engine.ts'
import { type Form, tagsOf } from './form.ts'
import { baselineName, takesModels } from './models.ts'
import { sampleSubmission } from './sample.ts'
import { plannedSubmission } from './submission.ts'
import { timesOf } from './sums.ts'
import { sealedTruth } from './usage.ts'

export type { Created, CreateProgress, PreparedChallenge }

const encode = (text: string) => new TextEncoder().encode(text)

export type CreateParts = {
  form: Form
  data: Prepared
  trials: Trials
  /** Predictions, or a model where these are submitted. */
  baseline: Uint8Array<ArrayBuffer> | null
  /** The file that scores, where one of the maker's does. */
  evaluator: Uint8Array<ArrayBuffer> | null
  feeBudget: bigint
  decimals: number
}

export async function prepare({
  form,
  data,
  trials,
  baseline,
  evaluator,
  feeBudget,
  decimals,
}: CreateParts): Promise<PreparedChallenge> {
  const times = timesOf(form, networkNow())
  if (!times) throw new Error('the times are incomplete')
  const file = (name: string, role: 'train' | 'test' | 'sample_submission' | 'other', text: string) => ({
    name,
    role,
    bytes: encode(text),
  })
  const named = baseline && takesModels(form) ? baselineName(baseline) : 'baseline.csv'
  const signer = walletSigner()
  return prepareChallenge(
    system(),
    {
      title: form.title.trim(),
      summary: form.summary.trim(),
      description: form.description.trim(),
      license: form.license.trim(),
      tags: tagsOf(form.tags),
      datasets: [
        ...(data.train ? [file('train.csv', 'train', data.train)] : []),
        // Models get from the oracles what they predict, and nothing of it is published.
        ...(data.test === null
          ? []
          : [
              file('test.csv', 'test', data.test),
              file('sample_submission.csv', 'sample_submission', sampleSubmission(data.truth, trials.source)),
            ]),
        ...(baseline ? [{ name: named, role: 'other' as const, bytes: baseline }] : []),
        ...(evaluator
          ? [{ name: String(trials.source.metric.params.module), role: 'other' as const, bytes: evaluator }]
          : []),
      ],
      truth: encode(sealedTruth(form, data.truth)),
      submission: plannedSubmission(trials, form),
      metric: { id: form.metric, params: trials.source.metric.params as ChallengePlan['metric']['params'] },
      baseline: baseline
        ? { description: form.baselineText.trim() || 'A simple model', dataset: named }
        : {
            description: 'The same answer for every row: the most frequent class, or the mean',
            score: trials.constant,
          },
      publishes: { truth: form.opensTruth, submissions: form.opensTruth ? form.opensSubmissions : 'none' },
      asset: form.asset,
      payout:
        form.kind === 'ranked'
          ? { rule: 'ranked', prizes: form.prizes.split(',').map((prize) => prize.trim()) }
          : { rule: 'bounty', reward: form.reward.trim(), winners: Number(form.winners) },
      threshold: form.threshold.trim(),
      step: form.step.trim(),
      deposit: form.deposit.trim(),
      attempts: Number(form.attempts),
      attemptsPerDay: Number(form.attemptsPerDay),
      oracles: [...form.oracles],
      oracleFee: form.oracleFee.trim(),
      feeBudget: formatUnits(feeBudget, decimals).replaceAll(',', ''),
      deadline: new Date(times.deadline * 1000),
      acceptBy: new Date(times.acceptBy * 1000),
      patienceSeconds: times.patience,
      gradeBy: new Date(times.gradeBy * 1000),
      ...(times.judgeBy !== null && {
        judge: { address: form.judge.trim(), judgeBy: new Date(times.judgeBy * 1000) },
      }),
      ...(form.gate.trim() && { gate: form.gate.trim() }),
      ...(form.unique && { uniqueContent: form.unique === 'yes' }),
    },
    signer.address,
    // A program of the maker's may take its time, and this thread is the page's.
    { tryOut: tryPlan },
  )
}

export const create = (
  prepared: PreparedChallenge,
  signal: AbortSignal,
  onProgress: (progress: CreateProgress) => void,
): Promise<Created> => createChallenge(system(), prepared, walletSigner(), { signal, onProgress })
