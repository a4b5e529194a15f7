/** What every call that reads or writes takes last. */

export type AbortOptions = {
  /** Ends the call; it then rejects with the signal's reason. */
  signal?: AbortSignal | undefined
}
