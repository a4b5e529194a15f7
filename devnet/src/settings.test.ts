/** The settings in force are those of the real networks, readable as on them. */
import { xdr } from '@stellar/stellar-sdk'
import { expect, test } from 'vitest'
import { startDevnet } from './devnet.ts'
import type { Profile } from './settings.ts'
import { serverOf } from './test/kit.ts'

async function limits(settings: Profile) {
  const net = await startDevnet({ interval: 'auto', settings })
  try {
    const key = (id: xdr.ConfigSettingId) =>
      xdr.LedgerKey.configSetting(new xdr.LedgerKeyConfigSetting({ configSettingId: id }))
    const ids = [
      xdr.ConfigSettingId.configSettingContractComputeV0,
      xdr.ConfigSettingId.configSettingContractLedgerCostV0,
    ]
    const { entries } = await serverOf(net).getLedgerEntries(...ids.map(key))
    const [compute, cost] = entries.map(({ val }) => val.type === 'configSetting' && val.value.value)
    return {
      instructions: (compute as xdr.ConfigSettingContractComputeV0).txMaxInstructions,
      written: (cost as xdr.ConfigSettingContractLedgerCostV0).txMaxWriteLedgerEntries,
    }
  } finally {
    await net.close()
  }
}

test('each profile has its own limits', async () => {
  expect(await limits('mainnet')).toEqual({ instructions: 400_000_000n, written: 200 })
  expect(await limits('testnet')).toEqual({ instructions: 400_000_000n, written: 200 })
  expect((await limits('unlimited')).written).toBeGreaterThan(10_000)
})
