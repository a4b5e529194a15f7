/** The command to run next names the same signer, as a shell reads it. */
import { expect, test } from 'vitest'
import { sameSigner } from './secret.ts'

test('the signer of this command is the signer of the next', () => {
  expect(sameSigner({})).toBe('')
  expect(sameSigner({ 'secret-file': 'keys/me.key' })).toBe(' --secret-file keys/me.key')
  expect(sameSigner({ as: 'Demo solver', 'secret-file': 'ignored' })).toBe(" --as 'Demo solver'")
  expect(sameSigner({ 'secret-file': "it's" })).toBe(String.raw` --secret-file 'it'\''s'`)
})
