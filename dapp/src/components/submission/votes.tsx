/** What each oracle voted, whose vote is missing, and the judge's ballot. */
import { createMemo, For, type JSX, Show } from 'solid-js'
import { createNow } from '../../lib/reactive/clock.ts'
import type { Challenge, Submission, Vote } from '../../lib/read/types.ts'
import { ipfsLink } from '../../lib/site/links.ts'
import { createJurorVotes, createJury } from '../../lib/verdict/jury.ts'
import { verdictSource } from '../../lib/verdict/verdict-source.ts'
import { formatCount, formatDay, formatScore } from '../../lib/words/format.ts'
import { NOT_KNOWN } from '../../lib/words/known.ts'
import { Badge } from '../ui/badge.tsx'
import { Given } from '../ui/given.tsx'
import { Hash } from '../ui/hash.tsx'
import { Time } from '../ui/time.tsx'
import { JurorLines } from './juror-lines.tsx'

type Said = Pick<Vote, 'verdict' | 'reason' | 'score' | 'units' | 'report' | 'at' | 'tx'>

export function Votes(props: { challenge: Challenge; submission: Submission }): JSX.Element {
  const now = createNow()
  // Jurors vote in the judge's time; before it there is nothing to read.
  const judged = () => now() >= Date.parse(props.challenge.gradeBy)
  const jury = createJury(() => (judged() ? props.challenge : { ...props.challenge, judge: null }))
  const jurors = createJurorVotes(
    () => jury.value()?.jury,
    () => props.challenge,
    () => [props.submission],
  )
  const rows = createMemo(() =>
    props.challenge.oracles.map(({ address }) => ({
      address,
      vote: props.submission.votes.find(({ oracle }) => oracle === address),
    })),
  )
  const decided = (address: string) => props.submission.decision?.oracles?.includes(address)
  const perUnit = () => props.challenge.payout.rule === 'per_unit'
  return (
    <section aria-labelledby="votes" class="grid gap-2 max-w-200">
      <h2 id="votes" class="section-title">
        Votes of the oracles
      </h2>
      <p class="text-sm text-ink-2">{verdictSource(props.challenge, props.submission, now())}</p>
      <ul class="divide-y divide-line border-y border-line text-sm">
        <For each={rows()}>
          {({ address, vote }) => (
            <li class="py-2.5 grid gap-1">
              <p class="flex flex-wrap items-center gap-x-5 gap-y-1">
                <Hash value={address} what="oracle" href={`/oracles/${address}`} plain />
                <Given
                  when={vote}
                  fallback={<span class="text-ink-3">{props.submission.votesWhole ? 'no vote' : NOT_KNOWN}</span>}
                >
                  {(said) => (
                    <>
                      <SaidLine said={said()} perUnit={perUnit()} />
                      <Show when={decided(address)}>
                        <Badge tone="good" icon="check" title="Of the equal votes that made the verdict.">
                          verdict
                        </Badge>
                      </Show>
                      <Show when={said().late}>
                        <span class="text-xs text-ink-3">after the verdict: it changes nothing</span>
                      </Show>
                      <Show when={said().improved}>
                        <span class="text-xs text-ink-3">took the place of its own “unavailable”</span>
                      </Show>
                    </>
                  )}
                </Given>
              </p>
              <Given when={vote?.reason}>
                {(reason) => <p class="text-xs text-ink-3 text-pretty">{reason().text}</p>}
              </Given>
            </li>
          )}
        </For>
      </ul>
      <Show when={(jurors.value()?.get(props.submission.number) ?? []).length > 0}>
        <h3 class="text-sm font-600 mt-2">Votes of the jurors</h3>
        <JurorLines votes={jurors.value()?.get(props.submission.number) ?? []} perUnit={perUnit()} />
      </Show>
      <Given when={props.submission.ballot}>
        {(ballot) => (
          <>
            <h3 class="text-sm font-600 mt-2">Ballot of the judge</h3>
            <p class="text-sm flex flex-wrap items-center gap-x-5 gap-y-1">
              <Hash value={ballot().judge} what="judge" href={`/accounts/${ballot().judge}`} plain />
              <SaidLine said={ballot()} perUnit={perUnit()} />
            </p>
          </>
        )}
      </Given>
      <Show when={props.submission.flags.passed && props.submission.status === 'pending'}>
        <p class="text-sm text-ink-2 text-pretty">
          The queue passed over it.{' '}
          {props.submission.flags.kept
            ? `A place is kept for it until ${formatDay(Date.parse(props.challenge.end))}: the votes that are missing, or the judge, may still decide.`
            : 'It stays open for the votes that are missing.'}
        </p>
      </Show>
    </section>
  )
}

function SaidLine(props: { said: Said; perUnit: boolean }): JSX.Element {
  return (
    <>
      <span class="font-500">{saidWords(props.said, props.perUnit)}</span>
      <Time at={props.said.at} class="text-xs text-ink-3" />
      <Hash value={props.said.tx} what="transaction" href={`/tx/${props.said.tx}`} plain />
      <Hash value={props.said.report} what="report" {...reportLink(props.said.report)} plain />
    </>
  )
}

const reportLink = (cid: string | null) => (cid === null ? {} : { href: ipfsLink(cid), external: true })

const WORDS: Readonly<Record<Said['verdict'], string>> = {
  scored: 'Score',
  rejected: 'Rejected',
  unavailable: 'Unavailable: could not be fetched or graded in time',
}

function saidWords({ verdict, score, units }: Said, perUnit: boolean): string {
  if (verdict !== 'scored') return WORDS[verdict]
  return perUnit ? `Accepted ${formatCount(units ?? 0, 'label')}` : `Score ${formatScore(score?.value ?? 0)}`
}
