/** Reads a maker's items off the page's thread: a large file must not stop somebody who types. */
import { type ItemsFrom, itemsProblem, type Looked, look, type MakeFrom, make, type Source } from './read.ts'

export type ItemsRequest = { kind: 'look'; from: ItemsFrom } | { kind: 'make'; from: MakeFrom }
export type ItemsAnswer = { value: Looked | Source } | { failure: string | undefined }

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<ItemsRequest>) => void
  postMessage: (answer: ItemsAnswer) => void
}

scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage({ value: data.kind === 'look' ? await look(data.from) : await make(data.from) })
  } catch (error) {
    scope.postMessage({ failure: itemsProblem(error) })
  }
}
