/** What is wrong with a maker's items, as a sentence. */
export class ItemsError extends Error {
  readonly code = 'bad_items'
  readonly retryable = false
}
