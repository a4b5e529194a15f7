/** What the one signature will be for: shown before it is asked for. Whatever else the network asks for is refused by the client. */
import { comparesContent } from '@stellartrain/contracts-client/rules'
import { apiTerms } from '@stellartrain/sdk/story'
import { copyWords } from '@stellartrain/sdk/terms-words'
import { type JSX, Show } from 'solid-js'
import type { Challenge } from '../../lib/read/types.ts'
import type { Standing } from '../../lib/submit/standing.ts'
import { formatAmount } from '../../lib/words/format.ts'
import { storyAsset, WORDS } from '../../lib/words/tell.ts'
import { Given } from '../ui/given.tsx'

export function ToSign(props: { challenge: Challenge; standing: Standing }): JSX.Element {
  const clear = () => (props.standing.at === 'clear' ? props.standing.terms : undefined)
  const money = (units: bigint) => formatAmount(units, props.challenge.asset)
  return (
    <Given when={clear()}>
      {(terms) => (
        <div class="text-sm text-ink-2 max-w-[72ch] grid gap-1">
          <p class="font-600 text-ink">You will sign one transaction</p>
          <p class="text-pretty">
            It submits attempt {terms().attempt} to challenge {props.challenge.id} and moves{' '}
            {terms().deposit + terms().carry === 0n ? (
              'no money'
            ) : (
              <>
                <strong class="text-ink font-500">{money(terms().deposit + terms().carry)}</strong> into the contract
                {terms().deposit > 0n ? `: a deposit of ${money(terms().deposit)}` : ''}
                {terms().carry > 0n
                  ? `${terms().deposit > 0n ? ' and' : ':'} ${money(terms().carry)} for its own grading, of which the unused part comes back`
                  : ''}
              </>
            )}
            . If the prize’s token{props.challenge.gate ? ' or the gate' : ''} asks for your signature on anything else,
            this page refuses and shows what was asked.
          </p>
          <Show when={comparesContent(apiTerms(props.challenge))}>
            <p class="text-pretty">{copyWords(apiTerms(props.challenge), storyAsset(props.challenge.asset), WORDS)}</p>
          </Show>
        </div>
      )}
    </Given>
  )
}
