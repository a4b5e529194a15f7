/** Who grades, by what agreement, and what can be checked: stated plainly, warnings included. */
import { createAsync } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import { getOracles } from '../../lib/api.ts'
import { shorten } from '../../lib/format.ts'
import { ipfsLink } from '../../lib/links.ts'
import type { ManifestState } from '../../lib/manifest.ts'
import type { Challenge } from '../../lib/types.ts'
import { Given } from '../ui/given.tsx'
import { Hash } from '../ui/hash.tsx'
import { Icon } from '../ui/icon.tsx'
import { Panel } from '../ui/panel.tsx'

export function Trust(props: { challenge: Challenge; manifest: ManifestState }): JSX.Element {
  const records = createAsync(() => getOracles())
  const record = (address: string) => records()?.find((oracle) => oracle.address === address)
  const count = () => props.challenge.oracles.length
  return (
    <Panel title="Trust" icon="shield">
      <p class="text-sm text-ink-2 text-pretty">
        <Show
          when={count() > 1}
          fallback={
            <>
              Graded by <strong class="text-ink">one party</strong>,{' '}
              {shorten(props.challenge.oracles[0]?.address ?? '')}. It sees the submissions and knows the truth.
            </>
          }
        >
          <strong class="text-ink">
            {props.challenge.quorum} of {count()} oracles
          </strong>{' '}
          must post the same score. They see the submissions and know the truth.
        </Show>
      </p>
      <ul class="grid gap-2">
        <For each={props.challenge.oracles}>
          {(oracle) => (
            <li class="grid gap-0.5 text-sm">
              <span class="flex items-center justify-between gap-2">
                <Hash value={oracle.address} what="oracle" href={`/accounts/${oracle.address}`} />
                <span class={`inline-flex items-center gap-1 text-xs ${oracle.accepted ? 'text-good' : 'text-wait'}`}>
                  <Icon name={oracle.accepted ? 'check' : 'clock'} size={13} />
                  {oracle.accepted ? 'accepted' : 'not yet accepted'}
                </span>
              </span>
              <Given when={record(oracle.address)}>
                {(known) => (
                  <span class="text-xs text-ink-3">
                    {known().votes} votes, {known().disagreed} against the majority, {known().missed} missed
                  </span>
                )}
              </Given>
            </li>
          )}
        </For>
      </ul>
      <ul class="grid gap-2 text-xs text-ink-2 border-t border-line pt-3">
        <Line good={Boolean(props.manifest.value())}>
          <Given when={props.manifest.value()} fallback="The description could not be checked yet.">
            {(manifest) => (
              <>
                The truth was fixed before anybody submitted: commitment{' '}
                <Hash value={manifest().truth.commitment} what="commitment of the truth" head={6} tail={6} />
              </>
            )}
          </Given>
        </Line>
        <Line good={props.challenge.opensTruth}>
          {truthLine(props.challenge)}{' '}
          <Given when={props.challenge.reveals[0]}>
            {(reveal) => <Hash value={reveal().cid} what="opened truth" href={ipfsLink(reveal().cid)} external />}
          </Given>
        </Line>
        <Line good>Maker and oracles cannot submit. Under another name they could: look at too perfect a score.</Line>
        <Given when={props.challenge.asset.issuer}>
          {(issuer) => (
            <Line good={issuer() !== props.challenge.maker}>
              {issuer() === props.challenge.maker
                ? `The maker issues ${props.challenge.asset.code} and could freeze or claw it back.`
                : `${props.challenge.asset.code} is issued by ${shorten(issuer())}, who may keep the power to freeze it.`}
            </Line>
          )}
        </Given>
      </ul>
    </Panel>
  )
}

function truthLine({ opensTruth, reveals, state }: Challenge): string {
  if (reveals.length > 0) return 'The truth was opened: anybody can recompute every score.'
  if (!opensTruth) return 'The truth stays closed: scores cannot be recomputed.'
  return state === 'ended' || state === 'expired'
    ? 'The truth was promised to be opened, and is not yet.'
    : 'The truth is opened after the end, and anybody can recompute every score.'
}

function Line(props: { good: boolean; children: JSX.Element }): JSX.Element {
  return (
    <li class="flex gap-2">
      <Icon
        name={props.good ? 'check' : 'alert'}
        size={14}
        class={`mt-0.5 ${props.good ? 'text-good' : 'text-wait'}`}
      />
      <span class="min-w-0 text-pretty">{props.children}</span>
    </li>
  )
}
