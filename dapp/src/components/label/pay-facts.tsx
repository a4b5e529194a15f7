/** What labeling earns, before one begins: for an item, for a batch, for an hour; and by which rule it is paid. */
import type { JSX } from 'solid-js'
import type { Manifest } from '../../lib/content/manifest.ts'
import { readPace } from '../../lib/label/pace.ts'
import { perHour, rateOf } from '../../lib/label/pay.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { config } from '../../lib/site/config.ts'
import { wallet } from '../../lib/wallet/session.ts'
import { formatAmount, formatCount, formatDuration } from '../../lib/words/format.ts'
import { Facts } from '../ui/facts.tsx'

export function PayFacts(props: { challenge: Challenge; manifest: Manifest }): JSX.Element {
  const it = () => props.challenge
  const rate = () => rateOf(it(), props.manifest)
  const money = (units: bigint) => formatAmount(units, it().asset)
  const seconds = () => props.manifest.labeling?.secondsPerItem
  const pace = () => {
    const labeler = wallet()?.address
    return labeler ? readPace(localStorage, config().contract, it().id, labeler) : undefined
  }
  const hour = (milliseconds: number | undefined) => {
    const units = milliseconds === undefined ? undefined : perHour(rate(), milliseconds)
    return units === undefined ? undefined : money(units)
  }
  const rows = (): [string, JSX.Element][] => {
    const size = props.manifest.submission.rows
    const stated = seconds()
    const own = pace()
    return [
      ['An item', money(rate())],
      ['A batch', `${formatCount(size, 'item')} at most, ${money(rate() * BigInt(size))}`],
      [
        'An hour, as the maker states',
        stated === undefined ? 'not stated' : `${hour(stated * 1000)}, at ${formatDuration(stated)} an item`,
      ],
      [
        'An hour, at your own pace',
        own === undefined
          ? 'not measured yet'
          : `${hour(own)}, at ${(own / 1000).toFixed(1)} s an item in this browser`,
      ],
    ]
  }
  return <Facts rows={rows()} wide />
}

/** In plain words, and before the work: what decides, and that it is final. */
export function PayRule(props: { challenge: Challenge; manifest: Manifest }): JSX.Element {
  const least = () => Math.round((props.manifest.labeling?.minAccuracy ?? 1) * 1000) / 10
  const more = () => props.manifest.labeling?.overlap
  const earnings = () => props.challenge.payout.rule === 'earnings'
  return (
    <ul class="grid gap-2 text-sm text-ink-2 list-disc pl-5 max-w-[72ch] text-pretty">
      {earnings() ? (
        <Earned least={least()} seconds={props.manifest.labeling?.epochSeconds} />
      ) : (
        <PerUnit challenge={props.challenge} least={least()} />
      )}
      <li>A skipped item comes back at the end, because a batch must be complete.</li>
      {more() === undefined ? (
        <li>Your account determines the items; you cannot choose them.</li>
      ) : (
        <li>
          The items are leased to you for a time, which the page shows. {formatCount(more()!, 'labeler')} get each item;
          if you let a lease end, you wait before the next one.
        </li>
      )}
    </ul>
  )
}

function PerUnit(props: { challenge: Challenge; least: number }): JSX.Element {
  return (
    <>
      <li>
        Some items of each batch are known items: the oracles know their labels, and no one else knows which they are.
        If at least {props.least} % of them are right, <strong class="text-ink font-600">every</strong> item of the
        batch is paid at once; otherwise none is.
      </li>
      <li>
        <strong class="text-ink font-600">The verdict is final.</strong> There is no appeal, and you do not get the
        items of a rejected batch again.
        {BigInt(props.challenge.deposit) > 0n &&
          ' It pays the oracles’ fees out of your deposit before the rest is returned.'}
      </li>
    </>
  )
}

/** By earnings nothing is said before the epoch, and where trust lies is. */
function Earned(props: { least: number; seconds: number | undefined }): JSX.Element {
  return (
    <>
      <li>
        Some items of each batch are known items: the oracles know their labels, and no one else knows which they are.
        If at least {props.least} % of them are right, <strong class="text-ink font-600">every</strong> item of the
        batch is accepted; otherwise none is.
      </li>
      <li>
        You sign the batch, and neither a transaction nor a fee is yours. The oracles post what everyone has earned,{' '}
        {formatDuration(props.seconds ?? EPOCH_SECONDS)} from one epoch to the next at least; then the challenge’s page
        shows the verdict, and you claim by one press. Until then you trust the oracles; what is posted no one takes
        back.
      </li>
      <li>
        <strong class="text-ink font-600">You can appeal once</strong> against a rejection: the reviewer decides, and a
        later epoch pays.
      </li>
    </>
  )
}

/** Where the manifest names no other time. */
const EPOCH_SECONDS = 3_600
