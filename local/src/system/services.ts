/** The services of one machine: which main each one runs, with which environment; the same variables as in docker-compose.yml. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LOCAL_PASSPHRASE } from '@stellartrain/contracts-client'
import type { Home } from './home.ts'
import type { Ports, StartOptions } from './options.ts'
import { mainOf, type ServiceSpec } from './supervise.ts'

export type Urls = {
  dapp: string
  api: string
  oracle: string
  ipfs: string
  network: string
  rpc: string
  friendbot: string
}

/** Addresses that a person or another service uses; `localhost` where the services listen on loopback. */
export function urlsOf(host: string, ports: Ports): Urls {
  const name = host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  const at = (port: number) => `http://${name}:${port}`
  return {
    dapp: at(ports.dapp),
    api: at(ports.api),
    oracle: at(ports.oracle),
    ipfs: at(ports.ipfs),
    network: at(ports.rpc),
    rpc: `${at(ports.rpc)}/rpc`,
    friendbot: `${at(ports.rpc)}/friendbot`,
  }
}

/** Keeps the services' modules compiled between two starts: loading them is most of a warm start. */
function compiled(home: Home): { NODE_COMPILE_CACHE: string } {
  return { NODE_COMPILE_CACHE: home.folder('cache') }
}

/** The services that need no contract: they are started first, side by side. */
export function groundServices(
  home: Home,
  options: StartOptions,
  ports: Ports,
): Record<'network' | 'postgres', ServiceSpec> {
  const logs = home.folder('logs')
  return {
    network: {
      name: 'local network',
      main: mainOf('@stellartrain/devnet'),
      args: [
        ...['--port', String(ports.rpc), '--host', options.host, '--home', home.folder('network')],
        ...['--interval', String(options.interval), '--passphrase', LOCAL_PASSPHRASE, '--settings', 'mainnet'],
        ...(options.controls ? ['--controls'] : []),
      ],
      env: compiled(home),
      logFile: join(logs, 'network.log'),
    },
    postgres: {
      name: 'Postgres',
      main: fileURLToPath(new URL('../postgres-main.ts', import.meta.url)),
      env: { ...compiled(home), POSTGRES_HOME: home.folder('postgres'), PORT: String(ports.postgres) },
      logFile: join(logs, 'postgres.log'),
    },
  }
}

/** The services that follow the contract. */
export function contractServices(
  home: Home,
  options: StartOptions,
  ports: Ports,
  facts: { contract: string; records: string; recount: string; dbUrl: string; dist: string },
): Record<'ipfs' | 'indexer' | 'oracle' | 'dapp', ServiceSpec> {
  const logs = home.folder('logs')
  const urls = urlsOf(options.host, ports)
  const homeDomain = options.host === '127.0.0.1' ? 'localhost' : `localhost,${options.host}`
  const base = { HOST: options.host, ...compiled(home) }
  const chain = {
    ...base,
    RPC_URL: urls.rpc,
    NETWORK_PASSPHRASE: LOCAL_PASSPHRASE,
    CONTRACT_ADDRESS: facts.contract,
    IPFS_URL: urls.ipfs,
  }
  return {
    ipfs: {
      name: 'IPFS node',
      main: mainOf('@stellartrain/ipfs-node'),
      env: {
        ...chain,
        PORT: String(ports.ipfs),
        IPFS_HOME: home.folder('ipfs'),
        SECRET_KEY: home.secrets.session,
        HOME_DOMAIN: homeDomain,
      },
      logFile: join(logs, 'ipfs.log'),
    },
    indexer: {
      name: 'indexer',
      main: mainOf('@stellartrain/indexer-service'),
      env: {
        ...chain,
        PORT: String(ports.api),
        DB_URL: facts.dbUrl,
        RECORDS_CONTRACT_ADDRESS: facts.records,
        RECOUNT_CONTRACT_ADDRESS: facts.recount,
        HOME_DOMAIN: homeDomain,
        // Receivers on this machine are what people try.
        WEBHOOKS_PRIVATE: 'yes',
      },
      logFile: join(logs, 'indexer.log'),
    },
    oracle: {
      name: 'oracle',
      main: mainOf('@stellartrain/oracle-service'),
      env: {
        ...chain,
        PORT: String(ports.oracle),
        ORACLE_SECRET_KEY: home.secrets.oracle,
        ORACLE_PUBLIC_URL: urls.oracle,
        ORACLE_HOME: home.folder('oracle'),
        ORACLE_EVALUATORS: 'wasm,python',
        ORACLE_MODELS: 'wasm,onnx',
        INDEXER_URL: urls.api,
      },
      logFile: join(logs, 'oracle.log'),
    },
    dapp: {
      name: 'dapp',
      main: fileURLToPath(new URL('../dapp-server.ts', import.meta.url)),
      env: {
        ...base,
        PORT: String(ports.dapp),
        DAPP_DIST: facts.dist,
        CONFIG_FILE: join(home.path, 'config.json'),
      },
      logFile: join(logs, 'dapp.log'),
    },
  }
}
