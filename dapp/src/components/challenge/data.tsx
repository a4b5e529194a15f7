/** The files: size, hash, version, the first rows, and a download that is checked before it is saved. */
import { createSignal, For, type JSX, Show } from 'solid-js'
import { evaluatorOf } from '../../lib/content/evaluator.ts'
import type { Manifest, ManifestState } from '../../lib/content/manifest.ts'
import type { Preview } from '../../lib/content/preview.ts'
import { ipfsLink } from '../../lib/site/links.ts'
import { inWords } from '../../lib/words/errors.ts'
import { formatBytes } from '../../lib/words/format.ts'
import { Button } from '../ui/button.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { Given } from '../ui/given.tsx'
import { Hash } from '../ui/hash.tsx'
import { Icon } from '../ui/icon.tsx'
import { DatasetChanges } from './dataset-changes.tsx'
import { Unreadable } from './unreadable.tsx'

const roles = {
  train: 'training data',
  test: 'rows to predict',
  sample_submission: 'example of a submission',
  other: '',
}

export function Data(props: { manifest: ManifestState }): JSX.Element {
  return (
    <Given when={props.manifest.value()} fallback={<Unreadable manifest={props.manifest} />}>
      {(manifest) => (
        <ul class="grid gap-4">
          <For each={manifest().datasets} fallback={<li class="text-ink-3">This challenge publishes no files.</li>}>
            {(dataset) => (
              <DatasetCard
                dataset={dataset}
                idColumn={manifest().submission.idColumn}
                role={roleOf(dataset, manifest())}
                sealed={dataset.name === manifest().labeling?.items && manifest().labeling?.private === true}
              />
            )}
          </For>
        </ul>
      )}
    </Given>
  )
}

function roleOf(dataset: Dataset, manifest: Manifest): string {
  if (dataset.name === manifest.labeling?.items)
    return manifest.labeling?.private ? 'items to label, sealed: who leases them sees them' : 'items to label'
  return dataset === evaluatorOf(manifest) ? 'the evaluator, which scores' : roles[dataset.role]
}

type Dataset = Manifest['datasets'][number]
type Checked =
  | { state: 'idle' }
  | { state: 'busy' }
  | { state: 'failed'; message: string }
  | { state: 'done'; what: string }

function DatasetCard(props: { dataset: Dataset; idColumn: string; role: string; sealed: boolean }): JSX.Element {
  const [checked, setChecked] = createSignal<Checked>({ state: 'idle' })
  const [preview, setPreview] = createSignal<Preview>()
  const fetchChecked = async (
    then: (bytes: Uint8Array<ArrayBuffer>, lib: typeof import('../../lib/content/dataset.ts')) => string,
  ) => {
    setChecked({ state: 'busy' })
    try {
      const lib = await import('../../lib/content/dataset.ts')
      const what = then(await lib.readDataset(props.dataset), lib)
      setChecked({ state: 'done', what })
    } catch (error) {
      setChecked({ state: 'failed', message: inWords(error).sentence })
    }
  }
  const show = () =>
    fetchChecked((bytes, lib) => {
      setPreview(lib.previewCsv(bytes))
      return 'Size and hashes match what was published.'
    })
  const hide = () => {
    setPreview()
    setChecked({ state: 'idle' })
  }
  const save = () =>
    fetchChecked((bytes, lib) => {
      lib.saveFile(bytes, props.dataset.name, props.dataset.mediaType)
      return 'Saved. Size and hashes match what was published.'
    })
  return (
    <li class="card px-4 sm:px-5 py-4 grid gap-3">
      <div class="flex flex-wrap items-start justify-between gap-3">
        <div class="min-w-0 grid gap-1">
          <h2 class="font-600 flex items-center gap-2 [overflow-wrap:anywhere]">
            <Icon name="file" class="text-ink-3" />
            {props.dataset.name}
            <span class="text-xs font-400 text-ink-3">{props.role}</span>
          </h2>
          <p class="flex flex-wrap items-center gap-x-4 gap-y-0.5 text-xs text-ink-3">
            <span>{formatBytes(props.dataset.bytes)}</span>
            <span>version {props.dataset.version}</span>
            <Given when={props.dataset.previous}>
              {(previous) => (
                <span class="inline-flex items-center gap-1">
                  previous version{' '}
                  <Hash
                    value={previous()}
                    what="CID of the previous version"
                    href={ipfsLink(previous())}
                    external
                    head={6}
                    tail={6}
                  />
                </span>
              )}
            </Given>
            <span class="inline-flex items-center gap-1">
              CID{' '}
              <Hash
                value={props.dataset.cid}
                what="CID"
                href={ipfsLink(props.dataset.cid)}
                external
                head={6}
                tail={6}
              />
            </span>
            <span class="inline-flex items-center gap-1">
              SHA-256 <Hash value={props.dataset.sha256} what="SHA-256" head={6} tail={6} />
            </span>
          </p>
        </div>
        <div class="flex gap-2">
          <Button icon="download" onClick={save} disabled={checked().state === 'busy'}>
            Download
          </Button>
          <Show when={!props.sealed}>
            <Button
              aria-expanded={preview() !== undefined}
              onClick={() => (preview() ? hide() : show())}
              disabled={checked().state === 'busy'}
            >
              {preview() ? 'Hide rows' : 'First rows'}
            </Button>
          </Show>
        </div>
      </div>
      <p role="status" class={`text-sm empty:hidden ${checked().state === 'failed' ? 'text-bad' : 'text-good'}`}>
        {checked().state === 'busy' ? <span class="text-ink-3">Fetching and checking…</span> : null}
        {(checked() as { what?: string }).what ?? (checked() as { message?: string }).message}
      </p>
      <Show when={props.dataset.previous}>
        <DatasetChanges dataset={props.dataset} idColumn={props.idColumn} />
      </Show>
      <Given when={preview()}>
        {(rows) => <DataTable preview={rows()} caption={`First rows of ${props.dataset.name}`} />}
      </Given>
    </li>
  )
}
