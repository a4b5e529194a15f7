/** From the form to a task for labelers, by the sdk's own plan; the person looks, one signature locks the money. */

import { prepareChallenge } from '@stellartrain/sdk/create'
import { generateAgeKey, identityFile, labelsParts, planLabels, withSealedMedia } from '@stellartrain/sdk/labels'
import { networkNow } from '../../reactive/clock.ts'
import { system, walletSigner } from '../../write/system.ts'
import type { PreparedChallenge } from '../create.ts'
import { type Form, tagsOf } from '../form.ts'
import { paysLabels } from '../kinds.ts'
import { timesOf } from '../sums.ts'
import type { Source } from './ask.ts'
import { itemsMayBePrivate, quizOf } from './form.ts'

/** A new key to seal the labels to, as the file that its maker keeps. */
export async function newLabelsKey(title: string): Promise<{ recipient: string; file: string }> {
  const key = await generateAgeKey()
  return { recipient: key.recipient, file: identityFile(key, title) }
}

/** @param of.results who can read the labels: everyone, or an age key */
export async function prepareLabels(of: {
  form: Form
  source: Source
  feeBudget: string
  results: string
}): Promise<PreparedChallenge> {
  const { form } = of
  const { labels, kind } = form
  const times = timesOf(form, networkNow())
  if (!times || !paysLabels(kind)) throw new Error('the form is incomplete')
  const typed = (text: string) => (text.trim() === '' ? undefined : text.trim())
  const batch = typed(labels.batch)
  const hidden = itemsMayBePrivate(labels) && labels.items === 'private'
  const source = hidden ? await withSealedMedia(of.source) : of.source
  const made = planLabels(source, {
    payout: kind,
    results: of.results,
    private: hidden,
    quiz: quizOf(labels),
    ...{ overlap: Number(labels.overlap), minAccuracy: Number(labels.minAccuracy) / 100 },
    ...{ secondsPerItem: Number(labels.seconds), perItem: labels.perItem.trim(), budget: typed(labels.budget) },
    batch: batch === undefined ? undefined : Number(batch),
  })
  // Nothing is submitted to the ledger where earnings are paid.
  const ledger = kind === 'per_unit'
  return prepareChallenge(
    system(),
    {
      ...labelsParts(made),
      media: source.media,
      ...{ title: form.title.trim(), summary: form.summary.trim(), description: form.description.trim() },
      ...{ license: form.license.trim(), tags: tagsOf(form.tags), asset: form.asset, oracles: [...form.oracles] },
      ...{ oracleFee: form.oracleFee.trim(), feeBudget: of.feeBudget, patienceSeconds: times.patience },
      deadline: new Date(times.deadline * 1000),
      acceptBy: new Date(times.acceptBy * 1000),
      gradeBy: new Date(times.gradeBy * 1000),
      ...(ledger && { deposit: form.deposit.trim() }),
      ...(ledger && form.gate.trim() && { gate: form.gate.trim() }),
      ...(ledger &&
        times.judgeBy !== null && {
          judge: { address: form.judge.trim(), judgeBy: new Date(times.judgeBy * 1000) },
        }),
    },
    walletSigner().address,
  )
}
