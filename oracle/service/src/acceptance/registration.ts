/** This oracle's registration as it is known now: none yet, failed, or on-chain. */
import { type PublicError, publicError } from '../errors.ts'
import { ensureRegistered, type Registration } from './register.ts'

export type RegistrationState = {
  /** Undefined until registered. */
  current(): Registration | undefined
  /** Why the last attempt failed; null after a success. */
  error(): PublicError | null
  /** Registers where that is needed; resolves to whether it was. Rejects as `ensureRegistered`. */
  ensure(url: string): Promise<boolean>
}

export function createRegistration(deps: Parameters<typeof ensureRegistered>[1]): RegistrationState {
  let current: Registration | undefined
  let error: PublicError | null = null
  return {
    current: () => current,
    error: () => error,
    async ensure(url) {
      try {
        const { registered, ...registration } = await ensureRegistered(url, deps)
        current = registration
        error = null
        return registered
      } catch (cause) {
        error = publicError(cause)
        throw cause
      }
    },
  }
}
