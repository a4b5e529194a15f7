/** The built pages, served by their own server with a configuration of a test's choice. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildDapp, distPath, isStale } from '@stellartrain/dapp'
import type { SystemConfig } from '@stellartrain/sdk'
import { once } from '../system/once.ts'
import { supervise } from '../system/supervise.ts'

export type ServedPages = { url: string; close(): Promise<void> }

export async function servePages(config: SystemConfig): Promise<ServedPages> {
  const folder = mkdtempSync(join(tmpdir(), 'stellartrain-served-'))
  const configFile = join(folder, 'config.json')
  writeFileSync(configFile, JSON.stringify(config))
  // Several files of tests begin with this.
  await once(distPath, isStale, buildDapp)
  const service = await supervise(
    {
      name: 'dapp',
      main: fileURLToPath(new URL('../dapp-server.ts', import.meta.url)),
      env: { HOST: '127.0.0.1', PORT: '0', DAPP_DIST: distPath, CONFIG_FILE: configFile },
      logFile: join(folder, 'dapp.log'),
    },
    () => {},
  )
  return {
    url: service.url,
    async close() {
      await service.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
