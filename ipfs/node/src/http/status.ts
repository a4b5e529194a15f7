/** Readiness, and `/status`: what this service is and how it does. */
import { constants } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import { Hono } from 'hono'
import type { ReplicaStatus } from '../replica/copier.ts'
import type { Limits } from '../store/node.ts'

export type About = Limits & {
  version: string
  signingKey: string
  networkPassphrase: string
  homeDomains: readonly string[]
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

export function status(home: string, about: About, replica: () => ReplicaStatus | null): Hono {
  const app = new Hono()
  const started = performance.now()
  app.get('/status', async (c) => {
    const disk = await statfs(home)
    return c.json({
      service: 'ipfs',
      ...about,
      network: 'none: content comes from uploads alone',
      uptimeSeconds: Math.floor((performance.now() - started) / 1000),
      replica: replica(),
      disk: { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize },
    })
  })
  return app
}
