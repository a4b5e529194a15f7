/** The options are documented as they are. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Keypair } from '@stellar/stellar-sdk'
import { optionsTable } from '@stellartrain/service'
import { expect, onTestFinished, test } from 'vitest'
import { OPTIONS, readConfig } from './config.ts'

test('the README lists the options as they are', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  // The table alone, so that the difference shows the rows to change.
  expect(
    readme
      .split(/\n{2,}/)
      .find((block) => block.startsWith('| variable'))
      ?.trimEnd(),
  ).toBe(optionsTable(OPTIONS))
})

test('only the network is needed, and host names are compared in lower case', () => {
  const config = readConfig({ NETWORK_PASSPHRASE: 'p', HOME_DOMAIN: 'A.example, localhost' })
  expect(config).toMatchObject({ port: 8080, homeDomains: ['a.example', 'localhost'], secretKey: undefined })
})

test('the oracles that an operator knows may stand in the file that the keys were written to', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stellartrain-ipfs-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const [own, other] = [Keypair.random().publicKey(), Keypair.random().publicKey()]
  const file = join(folder, 'oracle_address')
  const read = (text: string, more: Record<string, string> = {}) => {
    writeFileSync(file, text)
    return readConfig({ NETWORK_PASSPHRASE: 'p', IPFS_ORACLES_FILE: file, ...more }).oracles
  }
  expect(read(`${own}\n`)).toEqual([own])
  expect(read(`${own}, ${other}\n`)).toEqual([own, other])
  expect(() => read('nobody\n')).toThrow('IPFS_ORACLES_FILE must be accounts')
  expect(() => read(own, { IPFS_ORACLES: other })).toThrow('IPFS_ORACLES_FILE are both set')
  expect(readConfig({ NETWORK_PASSPHRASE: 'p', IPFS_ORACLES: other, IPFS_ORACLES_FILE: '' }).oracles).toEqual([other])
  expect(readConfig({ NETWORK_PASSPHRASE: 'p' }).oracles, 'all').toEqual([])
})
