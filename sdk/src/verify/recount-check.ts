/** The checks of a verdict that was recounted on the ledger: truth, commitment, content and score of what the judge was shown, and its word. */

import { scoreToDecimal, toHex } from '@stellartrain/contracts-client'
import { FORM_CHUNK, type RecountRules } from '@stellartrain/contracts-client/recount'
import { recountRules } from '@stellartrain/contracts-client/recount-rules'
import { type Place as Ranked, ranking as rankingOf, round, type Terms } from '@stellartrain/contracts-client/rules'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { commitSubmission, commitTruth } from '@stellartrain/ipfs-content/seal'
import { GradeError, type Part } from '@stellartrain/oracle-grade'
import { submissionForm, truthForm } from '../challenge/forms.ts'
import { counted } from '../system/counted.ts'
import { sha256 } from '../system/digest.ts'
import { type Check, compare, open } from './check.ts'
import { checkContent } from './claims.ts'
import type { Evidence } from './evidence.ts'
import { truthCsvOf, workCsvOf } from './forms.ts'
import type { Override } from './override.ts'
import { type RecountEvidence, type ShownForm, type ShownWork, workName } from './recounted.ts'
import { type Regrade, regradeWith, type Ungraded } from './regrade.ts'

type Place = { network: string; contract: string }

/** What recomputing a shown work gave. */
export type Recomputed = {
  checks: Check[]
  /** Hex; undefined where it could not be recomputed. */
  contentHash: string | undefined
}

/** Whether this verdict is the judge's. */
export const isJudged = ({ facts: { submission } }: Evidence): boolean =>
  submission.byJudge || submission.votes.decision?.by === 'judge'

/** Truth, commitment, content and score from the chunks that the judge was shown. Undefined where they are not all to be had. */
export async function recompute(
  evidence: Evidence,
  recount: RecountEvidence,
  place: Place,
  override: Override,
): Promise<Recomputed | undefined> {
  const { manifest, ref, challenge, shown } = evidence
  const work = recount.works.get(workName(ref))?.shown
  if (manifest instanceof ContentError || 'missing' in recount.truth || !work || 'missing' in work) return undefined
  const given = override.truth ? await formOf(await truthForm(manifest, override.truth), recount.truth) : recount.truth
  const truth = { ...given, secret: override.salt ?? given.secret }
  const own = override.submission ? await formOf(await submissionForm(manifest, override.submission), work) : work
  const committed = await commitTruth({
    ...place,
    maker: challenge.maker,
    salt: truth.secret,
    formHash: await hashOf(truth),
  })
  const { challenge: id, solver } = ref
  const made = await commitSubmission({
    ...place,
    challenge: id,
    solver,
    nonce: own.secret,
    formHash: await hashOf(own),
  })
  const by = 'as it was opened to the judge on the ledger'
  const graded = grader(manifest, truth, evidence)(own, part(evidence))
  return {
    checks: [
      compare('truth', toHex(challenge.terms.truth), toHex(committed), by),
      open('binding', 'not_applicable', 'The judge was shown the work itself, not the sealed file.'),
      compare('commitment', toHex(shown.commitment), toHex(made), by),
      ...checkContent(evidence, graded),
    ],
    contentHash: graded.contentHash,
  }
}

const part = ({ facts }: Evidence): Part => (facts.terms.payout.rule === 'ranked' ? 'public' : 'all')

/** SHA-256 of the chunks' hashes, computed of those that were shown. */
async function hashOf({ form, hashes }: ShownForm): Promise<Uint8Array> {
  const all = new Uint8Array(hashes)
  for (let at = 0; at * FORM_CHUNK < form.length; at++)
    all.set(await sha256(form.slice(at * FORM_CHUNK, (at + 1) * FORM_CHUNK)), 32 * at)
  return sha256(all)
}

/** A form of the caller's in place of the one that was shown. */
async function formOf(form: Uint8Array, { secret }: ShownForm): Promise<ShownForm> {
  return { secret, form, hashes: new Uint8Array(32 * Math.ceil(form.length / FORM_CHUNK)), whole: true }
}

type GradeForm = (work: ShownForm, part: Part) => ReturnType<Regrade> | Ungraded

/** The oracles' engine on forms; the truth is read once. */
function grader(manifest: Manifest, truth: ShownForm, { facts }: Evidence): GradeForm {
  const { idColumn, columns } = manifest.submission
  let regrade: Regrade | undefined
  return (work, part) => {
    try {
      if (!work.whole) return { problem: 'The work was not opened to its end.' }
      regrade ??= regradeWith({
        // The ledger runs no evaluator of a maker's, and no models.
        ...{ manifest, evaluator: undefined, onnx: undefined },
        opened: shownTruth(truth, facts.terms.payout.rule === 'ranked'),
      })
      return regrade(workCsvOf(work.form, { idColumn, column: columns[0]?.name ?? '' }), part)
    } catch (error) {
      if (error instanceof RangeError || error instanceof GradeError) return { problem: error.message }
      throw error
    }
  }
}

const shownTruth = (truth: ShownForm, ranked: boolean): Evidence['opened'] => ({
  ...{ by: null, csv: truthCsvOf(truth.form, ranked), salt: truth.secret, openings: [] },
  openers: { opened: 0, oracles: 0 },
  submission: { missing: 'submission_not_opened', note: '', outlook: 'never' },
})

/** The rules that the maker fixed are those of the manifest, and what the contract said is what is recomputed. */
export function checkJudge(evidence: Evidence, recount: RecountEvidence, checks: readonly Check[]): Check {
  const { manifest, ref, status } = evidence
  const { frozen, truth, judge } = recount
  const work = recount.works.get(workName(ref))
  if (manifest instanceof ContentError) return open('recount', 'content_unavailable', manifest.message)
  if (frozen === null)
    return open('recount', 'archived', `The rules of the judge ${judge} are not in its live storage.`)
  const found = recountRules(manifest, 'missing' in truth ? undefined : truth.form)
  if ('why' in found) return compare('recount', 'rules of the manifest', `rules, though ${found.why}`)
  const differs = rulesText(found.rules) !== rulesText(frozen.rules)
  if (differs)
    return compare('recount', rulesText(found.rules), rulesText(frozen.rules), 'the rules that the maker fixed')
  const forms = [truth, work?.shown].flatMap((one) => (one && 'missing' in one ? [one.missing] : []))
  if (!work || forms.length > 0) {
    const note = recount.gone ? 'The RPC no longer has the events of the judge’s time.' : (forms[0] ?? NOTHING)
    return open('recount', status === 'pending' ? 'not_final' : 'events_gone', note)
  }
  if (!work.said) return open('recount', 'not_final', 'It was opened, and the judge has not ruled on it.')
  const content = checks.find(({ id }) => id === 'content_hash')?.compared
  const got = `${work.said.copied ? 'a copy' : 'scored'}, content ${toHex(work.said.content_hash)}`
  const wanted = `${status === 'rejected' ? 'a copy' : 'scored'}, content ${content?.got ?? toHex(work.said.content_hash)}`
  return compare('recount', wanted, got, `${scoreToDecimal(work.said.score)} by the judge ${judge}`)
}

const NOTHING = 'No part of it was opened to the judge.'

function rulesText({ metric, classes, numbers, positive, least, most, whole }: RecountRules): string {
  const texts = classes.map((one) => toHex(one)).join(' ')
  return `metric ${metric}, ${numbers ? 'numbers' : 'classes'} ${texts}, positive ${positive}, from ${least} to ${most}${whole ? ', whole' : ''}`
}

/** The order among all works that were opened: what no one opens has no place in the judge's ranking. */
export function checkJudgesRanking(evidence: Evidence, recount: RecountEvidence): Check[] {
  const { manifest, entries, ref, places, shown } = evidence
  const unmade = (note: string) =>
    (['private_score', 'ranking'] as const).map((id) =>
      open(id, recount.gone ? 'events_gone' : 'content_unavailable', note),
    )
  const quorum = open(
    'ranking_quorum',
    'not_applicable',
    `The judge ${recount.judge} ranked, a contract, for no quorum of oracles did.`,
  )
  if (manifest instanceof ContentError) return [quorum, ...unmade('Without the manifest nothing can be recomputed.')]
  if ('missing' in recount.truth) return [quorum, ...unmade(recount.truth.missing)]
  const grade = grader(manifest, recount.truth, evidence)
  const numberOf = new Map([...entries].map(([number, entry]) => [workName(entry), number]))
  const rows: { number: number; solver: string; public: bigint; private: bigint }[] = []
  for (const work of recount.works.values()) {
    // What was not opened to its end, and where content is unique what was not ruled on, is in no ranking; nor is a copy.
    if (!work.said && isWhole(work.shown) && !evidence.facts.terms.uniqueContent)
      return [quorum, ...unmade(`The RPC has no event of what the judge said of ${workName(work)}.`)]
    if (!work.said || work.said.copied) continue
    const row = scoresOf(work, grade, numberOf, evidence.facts.terms)
    if (typeof row === 'string') return [quorum, ...unmade(row)]
    rows.push(row)
  }
  const ranked: Ranked[] = rankingOf(evidence.facts.terms, rows)
  const text = (all: readonly { number: number; score: bigint }[]) =>
    all.map(({ number, score }) => `${number}: ${scoreToDecimal(score)}`).join(', ') || 'none'
  const placeIn = (all: readonly { number: number; score: bigint }[]) =>
    text(all.filter(({ number }) => number === shown.number))
  const note = `Recomputed from ${counted(rows.length, 'work')} opened to the judge.`
  return [
    quorum,
    recount.works.has(workName(ref))
      ? compare('private_score', placeIn(ranked), placeIn(places), note)
      : open('private_score', 'not_applicable', NOTHING),
    compare('ranking', text(ranked), text(places), note),
  ]
}

const isWhole = (shown: ShownWork['shown']): boolean => 'whole' in shown && shown.whole

/** Or what is missing. */
function scoresOf(work: ShownWork, grade: GradeForm, numberOf: ReadonlyMap<string, number>, terms: Terms) {
  const number = numberOf.get(workName(work))
  if ('missing' in work.shown) return work.shown.missing
  if (number === undefined) return `The submission ${workName(work)} is not in the contract's storage.`
  const [open, hidden] = (['public', 'private'] as const).map((part) => grade(work.shown as ShownForm, part))
  if (!open || !hidden || 'problem' in open || 'problem' in hidden)
    return `Submission ${number}, which was opened, has no score.`
  return { number, solver: work.solver, public: round(open.scoreUnits, terms), private: hidden.scoreUnits }
}
