/** The labels as files of other programs, with the way back to the ledger. */
import { createSignal, For, type JSX, Show } from 'solid-js'
import { readReviews, reviewsCsv } from '../../lib/board/reviews.ts'
import { saveFile } from '../../lib/content/dataset.ts'
import { config } from '../../lib/site/config.ts'
import { inWords, type Words } from '../../lib/words/errors.ts'
import type { Format, Method, Read } from '../../lib/write/board.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { SelectField } from '../ui/field.tsx'

const FORMATS: readonly { value: Format; label: string }[] = [
  { value: 'csv', label: 'CSV' },
  { value: 'jsonl', label: 'JSON Lines' },
  { value: 'label-studio', label: 'Label Studio JSON' },
  { value: 'coco', label: 'COCO' },
  { value: 'conll', label: 'CoNLL' },
  { value: 'spacy', label: 'spaCy' },
  { value: 'huggingface', label: 'Hugging Face data set (Parquet with a card)' },
]

export function Export(props: { challenge: number; read: Read; method: Method }): JSX.Element {
  const [format, setFormat] = createSignal<Format>('csv')
  const [saved, setSaved] = createSignal<string[]>([])
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<Words>()
  const save = async () => {
    setBusy(true)
    setFailure()
    setSaved([])
    try {
      const { exportBoard } = await import('../../lib/write/board.ts')
      const files = await exportBoard(props.read, props.method, format())
      const reviews = readReviews(localStorage, config().contract, props.challenge)
      const all =
        Object.keys(reviews).length > 0
          ? [...files, { name: 'reviews.csv', bytes: new TextEncoder().encode(reviewsCsv(reviews)) }]
          : files
      // A browser saves files, not folders: their places are in their names.
      for (const { name, bytes } of all) {
        const file = `labels-${props.challenge}-${name.replaceAll('/', '-')}`
        saveFile(bytes, file, 'application/octet-stream')
        setSaved((before) => [...before, file])
      }
    } catch (error) {
      setFailure(inWords(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <section class="grid gap-3" aria-label="Export">
      <h2 class="section-title">Export</h2>
      <div class="flex flex-wrap items-end gap-3">
        <SelectField
          label="Format"
          class="min-w-60"
          value={format()}
          onChange={(value) => setFormat(value as Format)}
          options={FORMATS.map((one) => ({ ...one }))}
        />
        <Button look="primary" icon="download" busy={busy()} disabled={busy()} onClick={() => void save()}>
          Save the labels
        </Button>
      </div>
      <p class="text-xs text-ink-3 max-w-[68ch]">
        Each comes with all votes, the consensus and its confidence, and provenance.json, which leads from every label
        back to the ledger.
      </p>
      <Failure words={failure()} />
      <Show when={saved().length > 0}>
        <ul class="text-sm text-ink-2" role="status">
          <For each={saved()}>{(name) => <li class="num">{name}</li>}</For>
        </ul>
      </Show>
    </section>
  )
}
