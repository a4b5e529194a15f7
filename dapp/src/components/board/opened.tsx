/** What opened labels say: agreement, labelers, hard and disputed items, and the files. Before that, why nothing is said. */
import { createSignal, For, type JSX, Show } from 'solid-js'
import { createManifest } from '../../lib/content/manifest.ts'
import { createTask } from '../../lib/reactive/task.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { inWords } from '../../lib/words/errors.ts'
import { formatCount, formatDay, shorten } from '../../lib/words/format.ts'
import type { Method, Opened, Read } from '../../lib/write/board.ts'
import { Drop } from '../submit/drop.tsx'
import { Facts } from '../ui/facts.tsx'
import { SelectField } from '../ui/field.tsx'
import { Given } from '../ui/given.tsx'
import { Notice } from '../ui/notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Export } from './export.tsx'
import { Review } from './review.tsx'

const METHODS: readonly { value: Method; label: string }[] = [
  { value: 'majority', label: 'Majority' },
  { value: 'wawa', label: 'Wawa' },
  { value: 'dawid-skene', label: 'Dawid–Skene' },
  { value: 'pooled-dawid-skene', label: 'Dawid–Skene, pooled' },
  { value: 'one-coin-dawid-skene', label: 'Dawid–Skene, one coin' },
  { value: 'glad', label: 'GLAD' },
  { value: 'mace', label: 'MACE' },
]
const CLASSES: readonly string[] = ['choice', 'rating', 'preference']

export default function OpenedBoard(props: { challenge: Challenge }): JSX.Element {
  const [method, setMethod] = createSignal<Method>('majority')
  const [identity, setIdentity] = createSignal<File>()
  const read = createTask(
    // A reveal may have opened more; a text, so that nothing is read again whenever the challenge is.
    () => `${method()} ${props.challenge.reveals.length} ${props.challenge.phase} ${identity()?.lastModified ?? ''}`,
    async () => (await import('../../lib/write/board.ts')).readBoard(props.challenge.id, method(), identity()),
  )
  const manifest = createManifest(() => props.challenge.manifest)
  const forKey = () => manifest.value()?.labeling?.results?.startsWith('age1') === true
  const why = () => {
    if (forKey() && !identity()) return 'The manifest names a key, and whoever has it can read them at any time.'
    const sealed = (read.failure() as { code?: unknown }).code === 'not_opened' && props.challenge.opensTruth
    return sealed && !forKey()
      ? `They are opened once the challenge has ended; grading ends by ${formatDay(Date.parse(props.challenge.end))}.`
      : inWords(read.failure()).sentence
  }
  return (
    <Show
      when={read.failure() === undefined}
      fallback={
        <div class="grid gap-4">
          <Notice tone="info" title="Agreement, quality and hard items are not known yet">
            They follow from the labels themselves, and those are sealed. {why()}
          </Notice>
          <Show when={forKey()}>
            <Drop
              file={identity()}
              onFile={setIdentity}
              label="Drop the key file that opens the labels, or choose it"
              hint="For the maker whose key the manifest names: the file that was saved when the challenge was created. It stays in this browser."
              accept=".txt,.age,.key"
            />
          </Show>
        </div>
      }
    >
      <Given when={read.value()} fallback={<Skeleton lines={4} />}>
        {(found) => (
          <div class="grid gap-8">
            <Show when={CLASSES.includes(found().labels.task.answer.kind)}>
              <SelectField
                label="Consensus by"
                class="max-w-80"
                value={method()}
                onChange={(value) => setMethod(value as Method)}
                options={METHODS.map((one) => ({ ...one }))}
              />
            </Show>
            <Agreement read={found()} />
            <Labelers opened={found().opened} />
            <Hardest opened={found().opened} />
            <Review challenge={props.challenge.id} read={found()} />
            <Export challenge={props.challenge.id} read={found()} method={method()} />
          </div>
        )}
      </Given>
    </Show>
  )
}

const decimals = (value: number | null): string =>
  value === null ? 'not defined for these labels' : value.toFixed(3).replace('-', '\u2212')

function Agreement(props: { read: Read }): JSX.Element {
  const { opened, labels } = props.read
  return (
    <section class="grid gap-2" aria-label="Agreement">
      <h2 class="section-title">Agreement</h2>
      <Facts
        wide
        rows={[
          ['Items with labels', `${opened.labeled} of ${labels.items.size}`],
          ['Labels', `${labels.votes.length} in ${formatCount(labels.batches.length, 'batch', 'batches')}`],
          ['Krippendorff’s alpha', decimals(opened.alpha)],
          ['Fleiss’ kappa', decimals(opened.fleiss)],
          ['Cohen’s kappa, median of pairs', decimals(opened.cohen)],
          ...(labels.missing.length > 0
            ? ([['Batches that could not be read', labels.missing.map(({ number }) => number).join(', ')]] as [
                string,
                JSX.Element,
              ][])
            : []),
        ]}
      />
      <p class="text-xs text-ink-3 max-w-[68ch]">
        1 is perfect agreement, 0 what chance gives. Fleiss’ kappa needs equally many labels of each item; answers that
        are no classes have none of the three.
      </p>
    </section>
  )
}

function Labelers(props: { opened: Opened }): JSX.Element {
  return (
    <section class="grid gap-2" aria-label="Quality of labelers">
      <h2 class="section-title">Quality of labelers</h2>
      <ul class="divide-y divide-line border-y border-line">
        <For each={props.opened.labelers}>
          {(one) => (
            <li>
              <details>
                <summary class="summary text-sm">
                  <span class="num">{shorten(one.address)}</span>: {formatCount(one.labels, 'label')},{' '}
                  {one.agrees === null
                    ? 'no one else labeled the same items'
                    : `${Math.round(one.agrees * 100)} % as the consensus`}
                </summary>
                <div class="pb-4 grid gap-2">
                  <p class="num text-xs text-ink-3 [overflow-wrap:anywhere]">{one.address}</p>
                  <Given
                    when={one.confusion}
                    fallback={
                      <p class="text-sm text-ink-3">Answers of this kind are no classes that could be confused.</p>
                    }
                  >
                    {(confusion) => <Confusion classes={props.opened.classes ?? []} counts={confusion()} />}
                  </Given>
                </div>
              </details>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}

function Confusion(props: { classes: readonly string[]; counts: number[][] }): JSX.Element {
  return (
    <section class="relative overflow-x-auto focusable" tabindex="0" aria-label="What was confused">
      <table class="text-sm border-collapse">
        <caption class="text-left text-xs text-ink-3 pb-1">
          Rows: the consensus. Columns: what this labeler said.
        </caption>
        <thead>
          <tr>
            <td />
            <For each={props.classes}>
              {(name) => (
                <th scope="col" class="th num">
                  {name}
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={props.classes}>
            {(name, row) => (
              <tr class="border-t border-line">
                <th scope="row" class="th num text-left">
                  {name}
                </th>
                <For each={props.counts[row()]}>
                  {(count, column) => (
                    <td
                      class={`px-3 py-1 num text-right ${row() === column() ? 'font-600' : count > 0 ? 'text-bad' : 'text-ink-3'}`}
                    >
                      {count}
                    </td>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </section>
  )
}

function Hardest(props: { opened: Opened }): JSX.Element {
  return (
    <Show when={props.opened.hardest.length > 0}>
      <section class="grid gap-2" aria-label="Hardest items">
        <h2 class="section-title">Hardest items</h2>
        <ul class="divide-y divide-line border-y border-line text-sm">
          <For each={props.opened.hardest}>
            {(item) => (
              <li class="py-2 grid gap-0.5">
                <span class="num font-500 [overflow-wrap:anywhere]">{item.id}</span>
                <span class="text-ink-2 [overflow-wrap:anywhere]">
                  {item.votes.map(({ cell }) => cell).join(' · ')}; {Math.round((item.confidence ?? 0) * 100)} % sure
                </span>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}
