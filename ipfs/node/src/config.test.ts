/** The options are documented as they are. */
import { readFileSync } from 'node:fs'
import { optionsTable } from '@stellartrain/service'
import { expect, test } from 'vitest'
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
