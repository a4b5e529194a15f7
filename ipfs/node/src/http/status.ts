/** Readiness, and `/status`: what this service is and how it does. */
import { constants } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import { Hono } from 'hono'
import type { NamedStatus } from '../chain/named.ts'
import type { ReplicaStatus } from '../replica/copier.ts'
import type { HoldLimits } from '../store/holds.ts'

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
  replica: () => ReplicaStatus | null,
  submissions: () => SubmissionsStatus,
): Hono {
  const app = new Hono()
  const started = performance.now()
  app.get('/status', async (c) => {
    const disk = await statfs(home)
    return c.json({
      service: 'ipfs',
      ...about,
      network: 'none: content comes from uploads alone',
      uptimeSeconds: Math.floor((performance.now() - started) / 1000),
      submissions: submissions(),
      replica: replica(),
      disk: { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize },
    })
  })
  return app
}
