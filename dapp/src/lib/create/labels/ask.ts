/** Asks the worker that reads a maker's items. */
import type { ItemsAnswer, ItemsRequest } from './items.worker.ts'
import type { ItemsFrom, Looked, MakeFrom, Source } from './read.ts'

export type { ItemsFrom, Looked, MakeFrom, Source }

const UNREAD = 'The files could not be read here. Choose them again, or reload the page.'

function ask<T extends Looked | Source>(request: ItemsRequest): Promise<T> {
  const worker = new Worker(new URL('./items.worker.ts', import.meta.url), { type: 'module' })
  return new Promise<T>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<ItemsAnswer>) =>
      'value' in data ? resolve(data.value as T) : reject(new Error(data.failure ?? UNREAD))
    worker.onerror = () => reject(new Error(UNREAD))
    worker.postMessage(request)
  }).finally(() => worker.terminate())
}

export const lookAt = (from: ItemsFrom): Promise<Looked> => ask({ kind: 'look', from })
export const makeSource = (from: MakeFrom): Promise<Source> => ask({ kind: 'make', from })
