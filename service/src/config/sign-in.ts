/** What a service that wallets sign in to is set up with. */
import { defaulted, optional } from './options.ts'
import { checked, list, secretHex } from './parsers.ts'

const hostName = checked(
  (value) => /^[a-z0-9.:[\]-]{1,59}$/i.test(value),
  'must be host names without port, separated by commas',
)

/** @param kept where the secret is kept that is made when none is given, as the documents say it: "the database" */
export const signInOptions = (kept: string) => ({
  secretKey: optional('SECRET_KEY', secretHex, 'the secret that signs sessions of wallets, 32 bytes in hexadecimal', {
    shown: `made once, kept in ${kept}`,
    secret: true,
  }),
  homeDomains: defaulted(
    'HOME_DOMAIN',
    (value) => list(hostName, { max: 16 })(value.toLowerCase()),
    ['localhost'],
    'the host names that a sign-in may be for, separated by commas',
  ),
})
