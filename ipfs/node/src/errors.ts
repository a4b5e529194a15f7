/** What this service refuses or cannot do, with a stable code and its HTTP status. */
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { HttpError } from '@stellartrain/service'

const STATUS = {
  bad_request: 400,
  bad_cid: 400,
  bad_car: 400,
  not_found: 404,
  too_slow: 408,
  too_long: 408,
  not_named: 404,
  not_following: 404,
  method_not_allowed: 405,
  not_supported: 406,
  wrong_offset: 409,
  not_cached: 412,
  wrong_version: 412,
  too_large: 413,
  account_full: 413,
  wrong_type: 415,
  bad_range: 416,
  not_a_file: 422,
  damaged: 500,
  address_full: 429,
  internal: 500,
  busy: 503,
  no_ledger: 503,
  disk_full: 507,
  challenge_full: 507,
  storage_full: 507,
  uploads_full: 507,
} as const

export type IpfsErrorCode = keyof typeof STATUS

export class IpfsError extends HttpError<IpfsErrorCode> {
  override readonly name = 'IpfsError'

  /** `message` is shown to the caller: it says what to do and holds no path and no secret. */
  constructor(
    code: IpfsErrorCode,
    message: string,
    options: { cause?: unknown; headers?: Record<string, string> } = {},
  ) {
    super(STATUS[code], code, message, options)
  }
}

/** Errors of the content package that say what is wrong with a request. */
export function asIpfsError(error: Error): IpfsError | undefined {
  if (!(error instanceof ContentError)) return undefined
  const { code, message } = error
  if (code === 'bad_cid' || code === 'not_a_file' || code === 'bad_car' || code === 'too_large')
    return new IpfsError(code, message)
  return undefined
}

/** A full disk says so in different ways: by errno, or only in LevelDB's text. Anything else passes through. */
export function asDiskFull(error: unknown): unknown {
  const text = error instanceof Error ? `${(error as NodeJS.ErrnoException).code ?? ''} ${error.message}` : ''
  const nested = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
  if (!/ENOSPC|EDQUOT|EFBIG|no space left/i.test(`${text} ${nested}`)) return error
  return diskFull(error)
}

export function diskFull(cause?: unknown): IpfsError {
  const message = 'The disk of this service is full. Try again later, or at another service.'
  return new IpfsError('disk_full', message, { cause })
}

export function tooLarge(maxBytes: number): IpfsError {
  return new IpfsError('too_large', `Uploads may have at most ${maxBytes} bytes.`)
}
