/** A labeler's batch on the page: asked for by hand, or taken up again where this browser has kept its answers. */
import type { DraftKey } from '@stellartrain/sdk/drafts'
import { type Accessor, createEffect, createSignal, on, onCleanup, untrack } from 'solid-js'
import type { Manifest } from '../content/manifest.ts'
import { config } from '../site/config.ts'
import type { Standing } from '../submit/standing.ts'
import { wallet } from '../wallet/session.ts'
import { inWords, type Words } from '../words/errors.ts'
import type { Tasks } from '../write/label.ts'
import { type ItemValues, itemsOf } from './items.ts'
import { hasWork } from './kept.ts'
import { type LabelingTask, taskOf } from './task.ts'

export type Batch = {
  tasks: Tasks
  task: LabelingTask
  items: ReadonlyMap<string, ItemValues>
  key: DraftKey
}

export type BatchState =
  | { at: 'none' }
  /** `signing`: the wallet was asked to sign in. */
  | { at: 'asking'; signing: boolean }
  | { at: 'failed'; words: Words }
  | { at: 'ready'; batch: Batch }

export type BatchRun = {
  state: Accessor<BatchState>
  take(): Promise<void>
  /** After it was submitted, or its lease ended. */
  leave(): void
}

export function createBatch(of: {
  challenge: Accessor<number>
  manifest: Accessor<Manifest | undefined>
  standing: Accessor<Standing>
  /** Whether earnings are paid for it. */
  work: Accessor<boolean>
}): BatchRun {
  const [state, setState] = createSignal<BatchState>({ at: 'none' })
  const gone = new AbortController()
  onCleanup(() => gone.abort())

  const keyOf = (solver: string, attempt: number): DraftKey => {
    const { passphrase: network, contract } = config()
    return { network, contract, challenge: of.challenge(), solver, attempt }
  }

  async function take(): Promise<void> {
    const manifest = untrack(of.manifest)
    const labeler = untrack(wallet)?.address
    if (!manifest || !labeler || untrack(state).at === 'asking') return
    setState({ at: 'asking', signing: false })
    try {
      const takeBatch = of.work()
        ? (await import('../write/work.ts')).takeWork
        : (await import('../write/label.ts')).takeBatch
      const onSigning = () => void setState({ at: 'asking', signing: true })
      const tasks = await takeBatch(of.challenge(), { signal: gone.signal, onSigning })
      // Another account was connected meanwhile.
      if (untrack(wallet)?.address !== labeler) return void setState({ at: 'none' })
      const task = taskOf(manifest, tasks.header)
      if (!task) return void setState({ at: 'none' })
      const items = itemsOf(tasks, manifest.submission.idColumn)
      setState({ at: 'ready', batch: { tasks, task, items, key: keyOf(labeler, tasks.attempt) } })
    } catch (error) {
      if (!gone.signal.aborted) setState({ at: 'failed', words: inWords(error) })
    }
  }

  // Another account's batch is not this one's.
  createEffect(
    on(
      () => wallet()?.address,
      () => setState({ at: 'none' }),
      { defer: true },
    ),
  )
  // What was begun before a reload goes on without a click; its lease is kept here, so that no wallet is asked.
  createEffect(() => {
    const labeler = wallet()?.address
    const standing = of.standing()
    if (!labeler || standing.at !== 'clear' || !of.manifest() || untrack(state).at !== 'none') return
    if (hasWork(localStorage, keyOf(labeler, standing.terms.attempt))) void take()
  })

  return { state, take, leave: () => void setState({ at: 'none' }) }
}
