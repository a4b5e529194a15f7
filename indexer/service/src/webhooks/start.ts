/** Webhooks of a running indexer: who signs in, and the sending. */
import { createSep10, createSessions, deriveKeys, type SignIn, signInRoutes } from '@stellartrain/service/sign-in'
import type { Kysely } from 'kysely'
import type { AppDeps } from '../api/context.ts'
import { ApiError } from '../api/problem.ts'
import { pause } from '../source/pause.ts'
import type { Database } from '../store/database.ts'

export type WebhooksOptions = {
  /** Passphrase. */
  network: string
  /** 32 bytes, hexadecimal; left out: the one that is kept in the database. */
  secretKey?: string | undefined
  homeDomains: readonly string[]
  allowPrivate: boolean
}

export type Webhooks = {
  app: NonNullable<AppDeps['webhooks']>
  /** Once the database is migrated; asks again while it is away. */
  open(db: Kysely<Database>, signal: AbortSignal): Promise<void>
}

/** null: aborted before it could be read. */
async function keptSecret(db: Kysely<Database>, signal: AbortSignal): Promise<string | null> {
  while (!signal.aborted) {
    try {
      return (await db.selectFrom('webhooks.settings').select('secret').executeTakeFirstOrThrow()).secret
    } catch {
      await pause(1_000, signal)
    }
  }
  return null
}

export function createWebhooks({ network, secretKey, homeDomains, allowPrivate }: WebhooksOptions): Webhooks {
  let signIn: SignIn | null = null
  return {
    app: {
      allowPrivate,
      sessions: () => signIn?.sessions ?? null,
      routes: signInRoutes(() => {
        if (signIn) return signIn
        throw new ApiError('not_ready', 'No one can sign in at the moment. Retry in a few seconds.')
      }),
    },
    async open(db, signal) {
      const secret = secretKey ?? (await keptSecret(db, signal))
      if (secret === null) return
      const keys = deriveKeys(secret, 'indexer')
      const sep10 = createSep10(keys, network, homeDomains)
      signIn = { keys, sep10, sessions: createSessions(keys, homeDomains), networkPassphrase: network }
    },
  }
}
