/** Helps are texts alone; what they repeat of the commands is held to them here. */
import { KNOWN_NETWORKS } from '@stellartrain/contracts-client'
import { expect, test } from 'vitest'
import { isCommand } from './commands.ts'
import { HELP } from './help.ts'

test('a help is of a command that there is, and that of init names each network that it knows', () => {
  for (const name of Object.keys(HELP)) expect(isCommand(name), name).toBe(true)
  expect(HELP.init).toContain(`--network NAME      ${Object.keys(KNOWN_NETWORKS).join(', ')}\n`)
})
