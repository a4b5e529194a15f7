import { NETWORK_HELP, SIGNER_HELP } from './common.ts'

export const help = `Show, create or fund an account.

Usage: stellartrain account [G…] [--asset ASSET]...   what an account holds (default: yours)
       stellartrain account new --secret-file FILE    create a key pair; the secret is written to the file only
       stellartrain account fund [G…]                 get test money, on networks that have a friendbot
       stellartrain account trust CODE:ISSUER         let your account hold an asset

The ledger cannot list everything that an account holds. This shows XLM, the assets of the local system, those that
challenges on this contract use (from the API, if it answers), and those that you name.

Options
  --asset ASSET       another asset: CODE:ISSUER, or a token contract C… (repeatable)
${SIGNER_HELP}${NETWORK_HELP}
Examples
  stellartrain account new --secret-file solver.key
  stellartrain account fund --secret-file solver.key
  stellartrain account trust USDC:GBBD47IF6LWK7P7MDEVSCWR7DPUWV3NY3DTQEVFL4NAT4AQH3ZLLFLA5 --secret-file solver.key
`
