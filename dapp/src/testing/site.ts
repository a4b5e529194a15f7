/** The site's configuration as its server would give it, before a component that reads it is shown. */
import { vi } from 'vitest'
import { loadConfig } from '../lib/site/config.ts'

/** Nothing answers at these addresses: what a component shows of the network is not tested with it. */
const NOWHERE = 'http://127.0.0.1:9'

export const XLM = { code: 'XLM', issuer: null, contract: `C${'A'.repeat(55)}`, decimals: 7 }

/** @param changes to the configuration of a local network with one asset */
export async function loadSite(changes: object = {}): Promise<void> {
  const config = {
    ...{ network: 'local', passphrase: 'Standalone Network ; February 2017', contract: XLM.contract, assets: [XLM] },
    ...{ rpcUrl: NOWHERE, apiUrl: NOWHERE, ipfsUrl: NOWHERE, ...changes },
  }
  const fetching = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json(config))
  await loadConfig()
  fetching.mockRestore()
}
