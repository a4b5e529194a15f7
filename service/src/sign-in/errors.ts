/** Why a sign-in is refused, as the service answers it. */
import { HttpError } from '../http/http-error.ts'

const STATUS = { bad_request: 400, bad_domain: 400, signed_out: 401, sign_in_refused: 401, too_large: 413 } as const

export type SignInErrorCode = keyof typeof STATUS

export class SignInError extends HttpError<SignInErrorCode> {
  override readonly name = 'SignInError'

  /** `message` is shown to the caller. */
  constructor(code: SignInErrorCode, message: string, options: { headers?: Record<string, string> } = {}) {
    super(STATUS[code], code, message, options)
  }
}
