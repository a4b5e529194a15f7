/** Writes what a browser needs to know, config.json, into CONFIG_FILE from the environment: in a container, or for any static host. */
import { writeFileSync } from 'node:fs'
import { contractsOf } from './contracts.js'

const { env } = process
const contracts = contractsOf(env)
const config = {
  network: env.NETWORK || 'local',
  passphrase: env.NETWORK_PASSPHRASE,
  rpcUrl: env.PUBLIC_RPC_URL,
  apiUrl: env.PUBLIC_API_URL,
  ipfsUrl: env.PUBLIC_IPFS_URL,
  oracleUrls: (env.PUBLIC_ORACLE_URLS ?? '').split(',').filter(Boolean),
  contract: contracts?.contract,
  records: contracts?.records ?? null,
  recount: contracts?.recount ?? null,
  friendbotUrl: env.PUBLIC_FRIENDBOT_URL || null,
  explorerUrl: env.PUBLIC_EXPLORER_URL || null,
  assets: [],
  demoAccounts: [],
}
const VARIABLES = {
  passphrase: 'NETWORK_PASSPHRASE',
  rpcUrl: 'PUBLIC_RPC_URL',
  apiUrl: 'PUBLIC_API_URL',
  ipfsUrl: 'PUBLIC_IPFS_URL',
  contract: 'CONTRACT_ADDRESS',
}
const missing = Object.entries(VARIABLES).filter(([field]) => !config[field])
if (missing.length > 0) {
  console.error(`The pages cannot be configured: set ${missing.map(([, variable]) => variable).join(', ')}.`)
  process.exit(2)
}
writeFileSync(env.CONFIG_FILE ?? '/tmp/config.json', `${JSON.stringify(config, null, 2)}\n`)
