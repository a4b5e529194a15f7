/** The network's limits and prices: those of the running networks, or none to speak of. */
import { readFileSync } from 'node:fs'

export type Profile = 'mainnet' | 'testnet' | 'unlimited'

const PROFILES: readonly Profile[] = ['mainnet', 'testnet', 'unlimited']

export const isProfile = (text: string): text is Profile => PROFILES.some((profile) => profile === text)

/** Limits that get out of the way, as far as the host's own 32-bit counters go; prices stay the public network's. */
const UNLIMITED: Record<string, unknown> = {
  contract_max_size_bytes: 16_000_000,
  contract_data_key_size_bytes: 1_000_000,
  contract_data_entry_size_bytes: 16_000_000,
  tx_max_instructions: '4000000000',
  ledger_max_instructions: '400000000000',
  tx_memory_limit: 500_000_000,
  tx_max_disk_read_entries: 100_000,
  tx_max_disk_read_bytes: 1_000_000_000,
  tx_max_write_ledger_entries: 100_000,
  tx_max_write_bytes: 1_000_000_000,
  ledger_max_disk_read_entries: 1_000_000,
  ledger_max_disk_read_bytes: 2_000_000_000,
  ledger_max_write_ledger_entries: 1_000_000,
  ledger_max_write_bytes: 2_000_000_000,
  tx_max_contract_events_size_bytes: 16_000_000,
  tx_max_size_bytes: 16_000_000,
  ledger_max_txs_size_bytes: 1_000_000_000,
  tx_max_footprint_entries: 100_000,
  ledger_max_tx_count: 100_000,
}

/** Classic operations in a ledger, which is no setting of contracts: the public network's own limit. */
export const classicOperations = (profile: Profile): number => (profile === 'unlimited' ? 100_000 : 1_000)

/** The settings as the network's own JSON (a ConfigUpgradeSet). */
export function settingsJson(profile: Profile): string {
  const name = profile === 'testnet' ? 'testnet' : 'mainnet'
  const text = readFileSync(new URL(`../settings/${name}.json`, import.meta.url), 'utf8')
  if (profile !== 'unlimited') return text
  return JSON.stringify(JSON.parse(text, (key, value) => (key in UNLIMITED ? UNLIMITED[key] : value)))
}
