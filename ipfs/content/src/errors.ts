/** What can go wrong with content, as one error type with stable codes; no message ever carries plaintext or keys. */

export type ContentErrorCode =
  | 'bad_cid'
  | 'bad_address'
  | 'bad_key'
  | 'bad_binding'
  | 'bad_manifest'
  | 'bad_lease'
  | 'bad_answer'
  | 'bad_link'
  | 'bad_report'
  | 'bad_opening'
  | 'bad_metadata'
  | 'bad_container'
  | 'not_sealed'
  | 'not_a_recipient'
  | 'bad_recipients'
  | 'other_key'
  | 'other_network'
  | 'other_contract'
  | 'other_challenge'
  | 'other_solver'
  | 'other_maker'
  | 'bad_media_type'
  | 'commitment_mismatch'
  | 'too_large'
  | 'not_a_file'
  | 'no_folder'
  | 'bad_car'
  | 'not_found'
  | 'unavailable'
  | 'timeout'
  | 'bad_sign_in'
  | 'sign_in_refused'
  | 'signed_out'
  | 'upload_refused'
  | 'disk_full'
  | 'account_full'
  | 'cid_mismatch'

/** One field of a document that breaks its schema. `path` is like `datasets.0.cid`. */
export type FieldProblem = { path: string; message: string }

export class ContentError extends Error {
  override readonly name = 'ContentError'
  readonly code: ContentErrorCode
  /** Whether the same call may succeed later, or at another gateway, with nothing changed. */
  readonly retryable: boolean
  readonly problems: readonly FieldProblem[]

  constructor(
    code: ContentErrorCode,
    message: string,
    options: { retryable?: boolean; cause?: unknown; problems?: readonly FieldProblem[] } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retryable = options.retryable ?? false
    this.problems = options.problems ?? []
  }
}
