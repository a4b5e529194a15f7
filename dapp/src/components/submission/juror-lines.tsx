/** What jurors voted on a submission so far, one line each. */
import { scoreToDecimal } from '@stellartrain/contracts-client/units'
import { For, type JSX, Show } from 'solid-js'
import { ipfsLink } from '../../lib/site/links.ts'
import type { JurorVote } from '../../lib/verdict/jury.ts'
import { wallet } from '../../lib/wallet/session.ts'
import { formatCount } from '../../lib/words/format.ts'
import { Hash } from '../ui/hash.tsx'

export function JurorLines(props: { votes: readonly JurorVote[]; perUnit: boolean }): JSX.Element {
  return (
    <Show when={props.votes.length > 0}>
      <ul class="grid gap-1 text-sm" aria-label="Votes of the jurors">
        <For each={props.votes}>
          {(vote) => (
            <li class="flex flex-wrap items-center gap-x-3">
              <span class="text-ink-3">Juror</span>
              <Hash value={vote.juror} what="juror" href={`/accounts/${vote.juror}`} plain />
              <span class="font-500">
                {wallet()?.address === vote.juror ? 'You voted: ' : ''}
                {said(vote.verdict, props.perUnit)}
              </span>
              <Hash value={vote.report} what="reasons" href={ipfsLink(vote.report)} external plain />
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

function said(verdict: JurorVote['verdict'], perUnit: boolean): string {
  if (verdict.status === 'rejected') return 'Rejected'
  if (verdict.status === 'unavailable') return 'Unavailable'
  return perUnit ? `Accepted ${formatCount(verdict.units, 'label')}` : `Score ${scoreToDecimal(verdict.score)}`
}
