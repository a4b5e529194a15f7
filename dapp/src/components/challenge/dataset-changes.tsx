/** What changed in a data set since the version before: rows, columns, and by id what is new, gone or other. */
import type { DatasetDiff, Ids } from '@stellartrain/sdk/dataset-diff'
import { createSignal, type JSX } from 'solid-js'
import type { Manifest } from '../../lib/content/manifest.ts'
import { inWords } from '../../lib/words/errors.ts'
import { formatBytes } from '../../lib/words/format.ts'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { Given } from '../ui/given.tsx'

type State = { busy?: boolean; failed?: string; diff?: DatasetDiff }

export function DatasetChanges(props: { dataset: Manifest['datasets'][number]; idColumn: string }): JSX.Element {
  const [state, setState] = createSignal<State>({})
  const compare = async () => {
    setState({ busy: true })
    try {
      const { compareWithPrevious } = await import('../../lib/content/dataset.ts')
      setState({ diff: await compareWithPrevious(props.dataset, props.idColumn) })
    } catch (error) {
      setState({ failed: inWords(error).sentence })
    }
  }
  return (
    <div class="grid gap-2 justify-items-start">
      <Button onClick={() => (state().diff ? setState({}) : compare())} disabled={state().busy === true}>
        {state().diff ? 'Hide changes' : 'What changed'}
      </Button>
      <p role="status" class={`text-sm empty:hidden ${state().failed ? 'text-bad' : 'text-ink-3'}`}>
        {state().busy ? 'Fetching both versions…' : state().failed}
      </p>
      <Given when={state().diff}>
        {(diff) => (
          <div class="w-full max-w-160">
            <Facts wide rows={rowsOf(diff())} />
          </div>
        )}
      </Given>
    </div>
  )
}

export function rowsOf({ bytes, rows, columns, ids }: DatasetDiff): [string, string][] {
  const size: [string, string] = ['Size', `${formatBytes(bytes.before)} → ${formatBytes(bytes.after)}`]
  if (rows === null || columns === null) return [size, ['Rows', 'not compared: at least one of the files is not CSV']]
  const list = (names: readonly string[]) => names.join(', ') || 'none'
  const number = (count: number) => count.toLocaleString('en')
  const some = ({ count, first }: Ids) =>
    count === 0 ? 'none' : `${number(count)}: ${first.join(', ')}${count > first.length ? ', …' : ''}`
  return [
    size,
    ['Rows', `${number(rows.before)} → ${number(rows.after)}`],
    ['Columns added', list(columns.added)],
    ['Columns removed', list(columns.removed)],
    ...((ids === null
      ? [['By id', 'not compared: no id column names each row once in both files']]
      : [
          ['Rows added', some(ids.added)],
          ['Rows removed', some(ids.removed)],
          ['Rows changed', some(ids.changed)],
          ['Rows unchanged', number(ids.unchanged)],
        ]) as [string, string][]),
  ]
}
