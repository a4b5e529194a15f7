/** Work that follows its input, told as three accessors; unlike a bare resource it never hides the page while it runs. */
import { createResource } from 'solid-js'

export type Task<T> = {
  /** The result for the present input; undefined while there is none. */
  value: () => T | undefined
  failure: () => unknown
  busy: () => boolean
  again: () => void
}

/** Runs `work` whenever `source` gives something new; a result never outlives its input. */
export function createTask<S, T>(source: () => S | undefined | false, work: (input: S) => Promise<T>): Task<T> {
  const [result, { refetch }] = createResource(source, (input) => work(input as S), { initialValue: undefined })
  return {
    value: () => (result.error || result.loading || !source() ? undefined : (result.latest as T | undefined)),
    failure: () => (result.loading || !source() ? undefined : result.error),
    busy: () => result.loading,
    again: () => void refetch(),
  }
}
