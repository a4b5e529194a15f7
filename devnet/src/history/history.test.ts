/** What is remembered is bounded, and what is remembered can be read, wherever it lies. */
import { Asset } from '@stellar/stellar-sdk'
import { expect, test } from 'vitest'
import { startDevnet } from '../devnet.ts'
import { Operation, Person } from '../test/kit.ts'

test('a network in memory forgets its oldest ledgers at a bound of bytes, and answers for the rest', async () => {
  const net = await startDevnet({ interval: 'auto', historyBytes: 60_000 })
  try {
    const ana = await Person.create(net)
    const hashes: string[] = []
    for (let round = 0; round < 60; round++) {
      const pay = Operation.payment({ destination: ana.id, asset: Asset.native(), amount: '1' })
      hashes.push((await ana.send(pay)).txHash)
    }
    const { oldestLedger, latestLedger } = await ana.server.getHealth()
    expect(oldestLedger).toBeGreaterThan(10)
    expect(latestLedger).toBe(net.ledger().sequence)
    expect((await ana.server.getTransaction(hashes[0]!)).status).toBe('NOT_FOUND')
    expect((await ana.server.getTransaction(hashes.at(-1)!)).status).toBe('SUCCESS')
    const { transactions } = await ana.server.getTransactions({ startLedger: oldestLedger })
    expect(transactions.map(({ txHash }) => txHash)).toEqual(hashes.slice(-transactions.length))
    expect(transactions.length).toBe(latestLedger - oldestLedger + 1)
    const { ledgers } = await ana.server.getLedgers({ startLedger: oldestLedger, pagination: { limit: 100 } })
    expect(ledgers).toHaveLength(transactions.length)
    const { events } = await ana.server.getEvents({ startLedger: oldestLedger, filters: [], limit: 1_000 })
    expect(new Set(events.map(({ txHash }) => txHash)).size).toBe(transactions.length)
  } finally {
    await net.close()
  }
})
