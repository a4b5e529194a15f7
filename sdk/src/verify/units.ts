/** A batch of labels' part of a verification: the known items decide, and what was accepted was paid. */

import { scoreToDecimal, toDecimal, Verdict } from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { type Accepted, GradeError, gradeBatch, itemIds, prepareTruth, taskOf } from '@stellartrain/oracle-grade'
import { readItems, unitTerms } from '../batch.ts'
import type { StellarTrain } from '../client.ts'
import { UserError } from '../problems.ts'
import { type Check, compare, open } from './check.ts'
import type { Evidence } from './evidence.ts'

type Judged = { contentHash: string; scoreUnits: bigint; rows: number } | { problem: string }

/** The batch as the oracles should have judged it; a check that cannot be made says why. */
export async function judgeBatch(
  client: StellarTrain,
  evidence: Evidence,
  signal: AbortSignal | undefined,
): Promise<Judged | undefined> {
  const { opened, manifest, ref, shown, challenge } = evidence
  const terms = unitTerms(challenge.terms)
  if (manifest instanceof ContentError || 'missing' in opened || 'missing' in opened.submission || !terms)
    return undefined
  try {
    const items = await readItems(client, manifest, { signal })
    const { shape, truthShape } = taskOf(manifest)
    const result = gradeBatch({
      gold: prepareTruth(opened.csv, truthShape(opened.csv)),
      items: itemIds(items, shape.idColumn),
      ...{ size: terms.size, minAccuracy: manifest.labeling?.minAccuracy ?? 1, shape, salt: opened.salt },
      batch: { challenge: ref.challenge, labeler: ref.solver, attempt: ref.attempt },
      ...{ units: shown.units, submission: opened.submission.bytes },
    })
    return result.status === 'accepted'
      ? (result satisfies Accepted)
      : { problem: `would be rejected: ${result.message}` }
  } catch (error) {
    if (error instanceof GradeError || error instanceof ContentError || error instanceof UserError)
      return { problem: error.message }
    throw error
  }
}

/** Accepted units, recomputed, and their pay as the events tell it. */
export function checkUnits(evidence: Evidence, judged: Judged | undefined): Check[] {
  const { shown, challenge, token, history, opened } = evidence
  const { rate } = unitTerms(challenge.terms) ?? { rate: 0n }
  if (shown.verdict === Verdict.Pending)
    return (['units', 'prize'] as const).map((id) => open(id, 'not_final', 'There is no verdict yet.'))
  const money = (amount: bigint) => `${toDecimal(amount, token.decimals)} ${token.code}`
  const rows = history.events.flatMap((event) =>
    event.type === 'scored' || event.type === 'settled' ? event.settled : [],
  )
  const settled = rows.find(({ number }) => number === shown.number)
  const earned = shown.verdict === Verdict.Scored ? rate * BigInt(shown.accepted_units) : 0n
  const deposit = shown.verdict === Verdict.Scored ? challenge.terms.deposit : 0n
  const prize = settled
    ? compare('prize', money(earned + deposit), money(settled.amount), `${shown.accepted_units} units, and the deposit`)
    : open('prize', history.complete ? 'not_applicable' : 'events_gone', 'No event tells what was due.')
  return [unitsCheck(), prize]

  function unitsCheck(): Check {
    if (shown.verdict !== Verdict.Scored)
      return open('units', 'not_applicable', 'Only an accepted batch has accepted units.')
    if ('missing' in opened) return open('units', opened.missing, opened.note)
    if (judged === undefined) return open('units', 'submission_not_opened', 'The batch was not published.')
    const got = 'problem' in judged ? judged.problem : String(judged.rows)
    const right = 'problem' in judged ? null : `${scoreToDecimal(judged.scoreUnits)} of the known items right`
    return compare('units', String(shown.accepted_units), got, right)
  }
}
