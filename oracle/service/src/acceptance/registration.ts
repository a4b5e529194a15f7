/** This oracle's registration as it is known now: none yet, failed, or on-chain. */
import { type PublicError, publicError } from '../errors.ts'
import { ensureRegistered, type Registration } from './register.ts'

export type RegistrationState = {
  /** Undefined until registered. */
  current(): Registration | undefined
  /** Why the last attempt failed; null after a success. */
  error(): PublicError | null
  /** Checks the deployment, then registers where that is needed; resolves to whether it was. Rejects as both do. */
  ensure(url: string): Promise<boolean>
}

type Deps = Parameters<typeof ensureRegistered>[1] &
  Readonly<{
    /** Rejects when network and contract are not the configured ones. */
    check(): Promise<void>
  }>

export function createRegistration(deps: Deps): RegistrationState {
  let current: Registration | undefined
  let error: PublicError | null = null
  return {
    current: () => current,
    error: () => error,
    async ensure(url) {
      try {
        await deps.check()
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
