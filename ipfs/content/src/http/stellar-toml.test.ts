import { expect, test } from 'vitest'
import { signingKeyOf } from './stellar-toml.ts'

const KEY = `G${'A'.repeat(55)}`

test.each([
  ['as our services write it', `VERSION="2.7.0"\nSIGNING_KEY="${KEY}"\nWEB_AUTH_ENDPOINT="https://x/auth"\n`],
  ['as a literal string', `SIGNING_KEY = '${KEY}'`],
  ['with a remark, in Windows lines', `A="b"\r\n  SIGNING_KEY = "${KEY}" # of sign-ins\r\n[DOCUMENTATION]\r\n`],
])('is found %s', (_, toml) => expect(signingKeyOf(toml)).toBe(KEY))

test.each([
  ['in a remark', `# SIGNING_KEY="${KEY}"`],
  ['below a table', `[DOCUMENTATION]\nSIGNING_KEY="${KEY}"`],
  ['of another length', `SIGNING_KEY="${KEY}A"`],
  ['as a part of another name', `URI_REQUEST_SIGNING_KEY="${KEY}"`],
  ['with quotation marks that do not fit', `SIGNING_KEY="${KEY}'`],
])('is not taken %s', (_, toml) => expect(signingKeyOf(toml)).toBeUndefined())
