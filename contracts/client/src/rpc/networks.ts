/** Which network and which contract: the few facts that every call needs and nothing can be guessed from. */

export { hostOf, schemeAndHost } from './host.ts'

export type Network = {
  /** Short name for people: `local`, `testnet`, `public`, or one of your own. */
  name: string
  passphrase: string
  rpcUrl: string
  /** Contract id, `C…`; empty before a deployment. */
  contract: string
  /** Where test money comes from; null or absent on the public network. */
  friendbotUrl?: string | null
  explorerUrl?: string | null
}

export const LOCAL_PASSPHRASE = 'Standalone Network ; February 2017'
export const TESTNET_PASSPHRASE = 'Test SDF Network ; September 2015'
export const PUBLIC_PASSPHRASE = 'Public Global Stellar Network ; September 2015'

/** Networks with a name of their own. The public one has no free RPC run by its foundation: RPC_URL says which provider. */
export const KNOWN_NETWORKS: Readonly<Record<string, Omit<Network, 'contract'>>> = {
  local: {
    name: 'local',
    passphrase: LOCAL_PASSPHRASE,
    rpcUrl: 'http://localhost:8000/rpc',
    friendbotUrl: 'http://localhost:8000/friendbot',
    explorerUrl: null,
  },
  testnet: {
    name: 'testnet',
    passphrase: TESTNET_PASSPHRASE,
    rpcUrl: 'https://soroban-testnet.stellar.org',
    friendbotUrl: 'https://friendbot.stellar.org',
    explorerUrl: 'https://stellar.expert/explorer/testnet',
  },
  public: {
    name: 'public',
    passphrase: PUBLIC_PASSPHRASE,
    rpcUrl: '',
    friendbotUrl: null,
    explorerUrl: 'https://stellar.expert/explorer/public',
  },
}

/** A name for a passphrase, so that a warning can say "you are on testnet". */
export function networkName(passphrase: string): string {
  for (const known of Object.values(KNOWN_NETWORKS)) if (known.passphrase === passphrase) return known.name
  return 'custom'
}
