/** Readiness, and `/status`: what this service is and how it does. */
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { Hono } from 'hono'
import type { NamedStatus } from '../chain/named.ts'
import type { ReplicaStatus } from '../replica/copier.ts'
import type { HoldLimits } from '../store/holds.ts'
import { diskOf } from '../store/room.ts'

export type About = {
  maxUploadBytes: number
  maxAccountBytes: number
  version: string
  signingKey: string
  networkPassphrase: string
  homeDomains: readonly string[]
}

/** What is kept without a sign-in: whose, how much at most, and how much now. */
export type SubmissionsStatus = HoldLimits & { following: NamedStatus | null; files: number; bytes: number }

/** What is kept for accounts, how much at most, and what was let go. */
export type UploadsStatus = {
  files: number
  bytes: number
  maxUploadsBytes: number
  maxAddressBytes: number
  reserveBytes: number
  uploadDays: number
  keepDays: number
} & CollectStatus

export type CollectStatus = {
  /** Unix seconds by the ledger's time of the last look through all uploads; null before the first, or where no contract is followed. */
  collectedAt: number | null
  /** Uploads that were let go since the start, and their bytes. */
  letGo: number
  letGoBytes: number
  /** Those that stay because the ledger's events from before their time are gone. */
  unlearned: number
}

/** Why nothing can be stored now; empty when it can. */
export async function problemsOf(home: string): Promise<string[]> {
  try {
    await access(home, constants.W_OK)
    return []
  } catch {
    return ['The folder of the store cannot be written: check its owner and its disk.']
  }
}

export function status(
  home: string,
  about: About,
  of: {
    replica: () => ReplicaStatus | null
    remotePins: () => ReplicaStatus[]
    submissions: () => SubmissionsStatus
    uploads: () => UploadsStatus
    /** What an address that keeps nothing here may upload now, bytes. */
    share: () => Promise<number>
  },
): Hono {
  const app = new Hono()
  const started = performance.now()
  app.get('/status', async (c) => {
    return c.json({
      service: 'ipfs',
      ...about,
      network: 'none: content comes from uploads alone',
      uptimeSeconds: Math.floor((performance.now() - started) / 1000),
      uploads: { ...of.uploads(), shareBytes: await of.share() },
      submissions: of.submissions(),
      replica: of.replica(),
      remotePins: of.remotePins(),
      disk: await diskOf(home),
    })
  })
  return app
}
