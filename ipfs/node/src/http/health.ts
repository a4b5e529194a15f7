/** How the service is: up, able to serve, and what it is. */
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

export function health(home: string, about: About, replica: () => ReplicaStatus | null): Hono {
  const app = new Hono()
  const started = performance.now()
  app.get('/health', (c) => c.json({ status: 'ok' }))
  app.get('/ready', async (c) => {
    const writable = await access(home, constants.W_OK).then(
      () => true,
      () => false,
    )
    return c.json(
      { ready: writable, ...(writable ? {} : { why: 'the home folder cannot be written' }) },
      writable ? 200 : 503,
    )
  })
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
