/** What it is about, and what is to be labeled: items, the files that they name, and the answers that the maker knows. */
import { type JSX, Match, Show, Switch } from 'solid-js'
import type { LabelsForm } from '../../../lib/create/labels/form.ts'
import type { CreateState } from '../../../lib/create/state-shape.ts'
import { formatCount } from '../../../lib/words/format.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { SelectField } from '../../ui/field.tsx'
import { Given } from '../../ui/given.tsx'
import { Notice } from '../../ui/notice.tsx'
import { About } from '../about.tsx'
import { Choice } from '../choice.tsx'
import { FileSlot } from '../file-slot.tsx'
import { MediaSlot } from './media-slot.tsx'

const named = (names: readonly string[]) => names.map((name) => ({ value: name, label: name }))

export function ItemsStep(props: { state: CreateState }): JSX.Element {
  const labels = () => props.state.labels.form
  const set = (patch: Partial<LabelsForm>) => props.state.labels.set(patch)
  const columns = () => props.state.labels.looked()?.header ?? []
  const knownFile = () => labels().source === 'folder' || labels().knownFrom === 'file'
  return (
    <div class="grid gap-8">
      <About state={props.state} />
      <section class="grid gap-5" aria-label="Items">
        <Choice
          label="The items"
          value={labels().source}
          onChange={(source) =>
            set({
              source: source as LabelsForm['source'],
              knownFrom: source === 'table' ? 'column' : source === 'folder' ? 'file' : 'studio',
            })
          }
          options={[
            { value: 'table', label: 'A table', hint: 'CSV or JSON Lines: one item a row, each with an id.' },
            { value: 'folder', label: 'Images or sounds', hint: 'A folder of files: each is an item.' },
            { value: 'studio', label: 'Label Studio', hint: 'Its task JSON, with its labeling configuration.' },
          ]}
        />
        <Switch>
          <Match when={labels().source === 'table'}>
            <FileSlot
              state={props.state}
              slot="items"
              label="Drop the items, or choose them"
              hint="CSV or .jsonl. Every column is published, except the one with the answers you know."
              accept=".csv,.jsonl,.ndjson,text/csv"
            />
          </Match>
          <Match when={labels().source === 'studio'}>
            <FileSlot
              state={props.state}
              slot="items"
              label="Drop the tasks, or choose them"
              hint="The JSON export of a project. Only what its configuration shows is published."
              accept=".json,application/json"
            />
            <FileSlot
              state={props.state}
              slot="studio"
              label="Drop the labeling configuration, or choose it"
              hint="The XML of the project’s settings. It becomes the task."
              accept=".xml,.html,.txt,text/xml"
            />
          </Match>
        </Switch>
        <MediaSlot
          state={props.state}
          label={labels().source === 'folder' ? 'Images or sounds' : 'Files that items name (optional)'}
          hint={
            labels().source === 'folder'
              ? 'PNG, JPEG, GIF or WebP, or WAV, MP3, Ogg, FLAC or M4A; up to 64 MiB together. SVG is not taken. They are published on IPFS.'
              : 'Images or sounds that items name by a path from this folder on. They are published on IPFS, and the items link to them.'
          }
        />
        <Given when={props.state.labels.lookFailure()}>
          {(failure) => (
            <Notice tone="bad" title="The items do not fit yet" role="alert">
              {failure()}
            </Notice>
          )}
        </Given>
        <Given when={props.state.labels.looked()}>
          {(looked) => (
            <>
              <p class="text-sm text-ink-2" role="status">
                {formatCount(looked().count, 'item')} to label.
                <Show when={looked().known > 0}>
                  {' '}
                  {formatCount(looked().known, 'of them has', 'of them have')} an answer that Label Studio marks as
                  right.
                </Show>
              </p>
              <DataTable preview={{ header: looked().header, rows: looked().rows }} caption="The first items" />
            </>
          )}
        </Given>
      </section>
      <section class="grid gap-5" aria-label="Known items">
        <div class="grid gap-1">
          <h3 class="section-title">Known items</h3>
          <p class="text-sm text-ink-2 max-w-[68ch]">
            Items whose answer you know decide whether a batch is paid. Their answers are sealed to the oracles, and no
            labeler learns which items they are. About a tenth of all items is a good share.
          </p>
        </div>
        <div class="grid sm:grid-cols-2 gap-5">
          <Show when={labels().source === 'table'}>
            <SelectField
              label="Column with ids"
              value={labels().idColumn}
              onChange={(idColumn) => set({ idColumn })}
              error={props.state.problems().idColumn}
              options={named(columns().length > 0 ? columns() : [labels().idColumn])}
            />
          </Show>
          <Show when={labels().source !== 'folder'}>
            <SelectField
              label="The answers you know"
              value={labels().knownFrom}
              onChange={(knownFrom) => set({ knownFrom: knownFrom as LabelsForm['knownFrom'] })}
              options={[
                labels().source === 'table'
                  ? { value: 'column', label: 'In a column of the items' }
                  : { value: 'studio', label: 'Marked in Label Studio' },
                { value: 'file', label: 'In a file of their own' },
              ]}
            />
          </Show>
          <Show when={labels().source === 'table' && labels().knownFrom === 'column'}>
            <SelectField
              label="Column with known answers"
              value={labels().knownColumn}
              onChange={(knownColumn) => set({ knownColumn })}
              error={props.state.problems().knownColumn}
              hint="It is not published. Where its cell is empty, the item is not known."
              options={[
                { value: '', label: 'Choose' },
                ...named(columns().filter((name) => name !== labels().idColumn)),
              ]}
            />
          </Show>
        </div>
        <Show when={knownFile()}>
          <FileSlot
            state={props.state}
            slot="known"
            label="Drop the known answers, or choose them"
            hint="A CSV of two columns: id and answer. Of a folder, the id is the file’s name without its ending."
          />
        </Show>
        <p class="text-xs font-600 text-bad empty:hidden" role="alert">
          {props.state.labels.lookFailure() ? '' : props.state.problems().files}
        </p>
      </section>
    </div>
  )
}
