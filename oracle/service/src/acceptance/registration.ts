/** This oracle's registration as it is known now: none yet, failed, or on-chain. */

import { readRegistration } from '../chain/reads.ts'
import { type PublicError, publicError } from '../errors.ts'
import { ensureRegistered, type RegisterDeps, type Registration } from './register.ts'

export type RegistrationState = {
  /** Undefined until registered. */
  current(): Registration | undefined
  /** Why the last attempt failed; null after a success. */
  error(): PublicError | null
  /** Checks the deployment, then registers where that is needed; resolves to whether it was. Rejects as both do. */
  ensure(url: string): Promise<boolean>
  /** Looks now and then whether another version was registered, e.g. by `rotate-key`. Rejects with ChainFailure. */
  refresh(): Promise<void>
}

type Deps = RegisterDeps &
  Readonly<{
    /** Rejects when network and contract are not the configured ones. */
    check(): Promise<void>
    /** Milliseconds that only grow. */
    now: () => number
  }>

const REFRESH_MS = 10_000

export function createRegistration(deps: Deps): RegistrationState {
  let current: Registration | undefined
  let error: PublicError | null = null
  let lookedAt = deps.now()
  return {
    async refresh() {
      if (current === undefined || deps.now() - lookedAt < REFRESH_MS) return
      lookedAt = deps.now()
      const known = await readRegistration(deps.chain, deps.identity.address, { signal: deps.signal })
      if (known === undefined || known.version <= current.version) return
      const { key, recipient } = await deps.identity.ageKey(known.version)
      current = { version: known.version, key, recipient, url: known.url }
    },
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
