/** Scores over time, the places and all submissions: the picture and the tables say the same numbers. */

import { A, createAsync } from '@solidjs/router'
import { prizeWords } from '@stellartrain/sdk/story'
import { createMemo, For, type JSX, lazy, Show, Suspense } from 'solid-js'
import { createNow } from '../../lib/reactive/clock.ts'
import { getLeaderboard, getSubmissions } from '../../lib/read/api.ts'
import type { Challenge, LeaderboardRow, Submission } from '../../lib/read/types.ts'
import { wallet } from '../../lib/wallet/session.ts'
import { formatCount, formatScore, meetsSign } from '../../lib/words/format.ts'
import { NOT_KNOWN } from '../../lib/words/known.ts'
import { paysLabels, takesFiles } from '../../lib/words/payout.ts'
import { takesSubmissions } from '../../lib/words/phases.ts'
import { scoreSeries } from '../../lib/words/scores.ts'
import { storyAsset, storyOf, WORDS } from '../../lib/words/tell.ts'
import { SubmissionPath } from '../path/submission-path.tsx'
import { Amount } from '../ui/amount.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Given } from '../ui/given.tsx'
import { Hash } from '../ui/hash.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Time } from '../ui/time.tsx'
import { NearCopies } from './near-copies.tsx'
import { Places } from './places.tsx'

const ScorePlot = lazy(() => import('./score-plot.tsx'))

export function Leaderboard(props: { challenge: Challenge }): JSX.Element {
  const id = () => String(props.challenge.id)
  const board = createAsync(() => getLeaderboard(id()))
  const submissions = createAsync(() => getSubmissions(id()))
  const now = createNow()
  const byNumber = createMemo(() => new Map((submissions() ?? []).map((one) => [one.number, one])))
  const series = () => scoreSeries(submissions() ?? [], props.challenge.direction)
  // A posted ranking has an order of its own, and a batch of labels no threshold.
  const ranksByThreshold = () => takesFiles(props.challenge) && !isRanked(props.challenge)
  const labels = () => paysLabels(props.challenge)
  const latestFirst = () => (submissions() ?? []).toSorted((a, b) => b.number - a.number)
  return (
    <Show
      when={(submissions()?.length ?? 0) > 0}
      fallback={
        <Show when={props.challenge.earnings === null} fallback={<Earned challenge={props.challenge} />}>
          <Empty
            title="No submission yet"
            action={
              takesSubmissions(props.challenge, now()) ? (
                <LinkButton href={`/challenges/${props.challenge.id}/submit`} look="primary">
                  Be the first
                </LinkButton>
              ) : undefined
            }
          >
            The first score appears here a few seconds after its submission, without reloading.
          </Empty>
        </Show>
      }
    >
      <div class="grid gap-8">
        <Show when={series().length > 0 && !labels()}>
          <Suspense fallback={<Skeleton lines={1} height="16rem" />}>
            <ScorePlot series={series()} challenge={props.challenge} />
          </Suspense>
        </Show>
        <Places challenge={props.challenge} />
        <section aria-labelledby="ranking" class="grid gap-2">
          <h2 id="ranking" class="section-title">
            {labels() ? 'Labelers' : 'Ranking'}
          </h2>
          <Given when={boardWords(props.challenge)}>
            {(words) => <p class="text-sm text-ink-2 text-pretty max-w-[72ch]">{words()}</p>}
          </Given>
          <div class="relative overflow-x-auto">
            <table class="w-full border-collapse">
              <thead class="border-b border-line">
                <tr>
                  <th scope="col" class="th pl-0">
                    Rank
                  </th>
                  <th scope="col" class="th">
                    {labels() ? 'Labeler' : 'Solver'}
                  </th>
                  <Show when={isRanked(props.challenge)}>
                    <th scope="col" class="th text-right">
                      Private
                    </th>
                  </Show>
                  <th scope="col" class={`th text-right ${isRanked(props.challenge) ? 'hidden sm:table-cell' : ''}`}>
                    {scoreWord(props.challenge)}
                  </th>
                  <th scope="col" class="th text-right hidden sm:table-cell">
                    Attempts
                  </th>
                  <th scope="col" class="th hidden sm:table-cell">
                    When
                  </th>
                  <th scope="col" class="th text-right pr-0">
                    {labels() ? 'Pay' : 'Prize'}
                  </th>
                </tr>
              </thead>
              <tbody>
                <For
                  each={board()}
                  fallback={
                    <tr>
                      <td colspan="7" class="td text-ink-3 pl-0">
                        No score yet.
                      </td>
                    </tr>
                  }
                >
                  {(row, index) => (
                    <>
                      <Show
                        when={
                          ranksByThreshold() &&
                          !row.meetsThreshold &&
                          (index() === 0 || board()?.[index() - 1]?.meetsThreshold)
                        }
                      >
                        <ThresholdLine challenge={props.challenge} />
                      </Show>
                      <Row row={row} challenge={props.challenge} submission={byNumber().get(row.number)} />
                      <Show when={ranksByThreshold() && row.meetsThreshold && index() === (board()?.length ?? 0) - 1}>
                        <ThresholdLine challenge={props.challenge} />
                      </Show>
                    </>
                  )}
                </For>
              </tbody>
            </table>
          </div>
        </section>
        <Show when={!labels()}>
          <NearCopies challenge={props.challenge} />
        </Show>
        <section aria-labelledby="all-submissions" class="grid gap-2">
          <h2 id="all-submissions" class="section-title">
            All {formatCount(submissions()?.length ?? 0, 'submission')}
          </h2>
          <ul class="divide-y divide-line border-y border-line">
            <For each={latestFirst()}>
              {(submission) => (
                <li class="py-2.5 flex flex-wrap sm:grid gap-x-5 gap-y-1.5 sm:grid-cols-[3.5rem_7.5rem_1fr_auto] items-center text-sm">
                  <A
                    class="link target num justify-self-start"
                    href={`/challenges/${props.challenge.id}/submissions/${submission.number}`}
                  >
                    #{submission.number}
                  </A>
                  <Hash value={submission.solver} what="solver" href={`/accounts/${submission.solver}`} plain />
                  <SubmissionPath submission={submission} challenge={props.challenge} compact />
                  <Time at={submission.submittedAt} class="text-xs text-ink-3" />
                </li>
              )}
            </For>
          </ul>
        </section>
      </div>
    </Show>
  )
}

/** Whether a ranking on the private rows, or the judge's, decides the prizes. */
const isRanked = ({ ranking }: Challenge): boolean => ranking === 'oracles' || ranking === 'judge'

const scoreWord = (challenge: Challenge): string =>
  paysLabels(challenge) ? 'Known items' : isRanked(challenge) ? 'Public' : 'Score'

/** What the scores below are of, where that is not plain. */
function boardWords(challenge: Challenge): string | null {
  if (challenge.payout.rule === 'per_unit')
    return 'The share of known items that a labeler got right in its best batch; every accepted label is paid.'
  switch (challenge.ranking) {
    case 'open':
      return 'Current standing on the public rows. The private rows decide the prizes after the deadline, so the order may change.'
    case 'oracles':
      return 'The final ranking as posted by the oracles, on the private rows. Submissions without a place show only their public score.'
    case 'judge':
      return 'The final ranking as posted by the judge. Submissions without a place show only their public score.'
    case null:
      return null
    default:
      return 'No ranking was posted in time: the prizes follow the standing on the public rows, in full.'
  }
}

/** Labelers are paid by epochs: there is nothing to rank. */
function Earned(props: { challenge: Challenge }): JSX.Element {
  const asset = () => props.challenge.asset
  const earned = () => props.challenge.earnings
  return (
    <Empty title={formatCount(earned()?.epochs ?? 0, 'epoch')}>
      Labelers have earned <Amount units={earned()?.total ?? '0'} asset={asset()} /> so far and claimed{' '}
      <Amount units={earned()?.claimed ?? '0'} asset={asset()} /> of it. Anyone may claim for a labeler; the money only
      goes to the labeler.
    </Empty>
  )
}

/** What its place brought or would bring, as its submission's story has it. */
function Prize(props: { submission: Submission | undefined; challenge: Challenge }): JSX.Element {
  const now = createNow()
  const at = createMemo(() => Math.floor(now() / 10_000) * 10_000)
  const story = createMemo(() => props.submission && storyOf(props.challenge, props.submission, at()))
  return (
    <Given when={story()} fallback={<span class="text-ink-3">–</span>}>
      {(told) => (
        <span class={told().amounts.earned > 0n ? 'text-good' : 'text-ink-3'} title={told().sentence}>
          {prizeWords(told(), storyAsset(props.challenge.asset), WORDS)}
        </span>
      )}
    </Given>
  )
}

function Row(props: { row: LeaderboardRow; challenge: Challenge; submission: Submission | undefined }): JSX.Element {
  const mine = () => wallet()?.address === props.row.solver
  const posted = () => isRanked(props.challenge)
  return (
    <tr class={`border-b border-line ${mine() ? 'bg-accent-soft' : ''}`}>
      <td class="td pl-0 num">{props.row.rank}</td>
      <td class="td">
        <Hash value={props.row.solver} what="solver" href={`/accounts/${props.row.solver}`} plain />
        {mine() ? <span class="text-xs text-ink-3"> you</span> : null}
      </td>
      <Show when={posted()}>
        <td class="td text-right num font-500">
          <Given when={props.row.privateScore} fallback="–">
            {(score) => (
              <A href={`/challenges/${props.challenge.id}/submissions/${props.row.number}`} class="link target">
                {formatScore(score().value)}
              </A>
            )}
          </Given>
        </td>
      </Show>
      <td class={`td text-right num font-500 ${posted() ? 'hidden sm:table-cell' : ''}`}>
        <A href={`/challenges/${props.challenge.id}/submissions/${props.row.number}`} class="link target">
          {formatScore(props.row.score.value)}
        </A>
      </td>
      <td class="td text-right num hidden sm:table-cell">{props.row.attempts ?? NOT_KNOWN}</td>
      <td class="td hidden sm:table-cell">
        <Time at={props.row.submittedAt} class="text-ink-3 text-xs" />
      </td>
      <td class="td text-right pr-0">
        <Prize submission={props.submission} challenge={props.challenge} />
      </td>
    </tr>
  )
}

function ThresholdLine(props: { challenge: Challenge }): JSX.Element {
  return (
    <tr>
      <td colspan="6" class="px-0 py-1.5">
        <span class="flex items-center gap-3 text-xs font-600 text-ink-2">
          <span class="h-0.5 flex-1 bg-accent" aria-hidden="true" />
          Threshold {meetsSign(props.challenge.direction)} {formatScore(props.challenge.threshold.value)}
          <span class="h-0.5 w-6 bg-accent" aria-hidden="true" />
        </span>
      </td>
    </tr>
  )
}
