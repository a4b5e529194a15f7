/** What `COMMAND --help` says: texts alone, so that nothing else is loaded for them. */
const COMMON = `  --home DIR          where key and settings are (default: ORACLE_HOME, else .stellartrain/oracle)
  --json              print one JSON object, errors included

Exit codes
  0 done   1 refused or failed   2 a wrong call or setting
`

const init = `Create an oracle's key and settings file.

Usage: stellartrain-oracle init --network NAME --contract C… --ipfs URL [--url URL] [options]
       stellartrain-oracle init --network local      beside a running \`npm start\`, in its folder or below: it says the rest

Options
  --network NAME      local, testnet, public
  --contract C…       the StellarTrain contract
  --ipfs URL          IPFS services, separated by commas
  --url URL           where others reach this oracle; required on testnet and the public network. It listens on
                      PORT (4100), or on the port of an http URL of this machine; on the local network without --url
                      on a free port, which it keeps
  --rpc URL           the Stellar RPC (default: the network's own, where it has one)
  --passphrase TEXT   of a network that is not listed above
  --name TEXT, --website URL, --description TEXT
                      what people see about it
  --secret-file FILE  use this signing key instead of a new one
  --friendbot URL     where test money comes from (default: the network's own; on the local network that of the RPC's host)
  --no-fund           do not ask a friendbot
${COMMON}`

const status = `Show whether this oracle can work: its account, its registration, and what it reports itself while it runs: its queue,
its last vote, what keeps it from working.

Usage: stellartrain-oracle status [--json]

Exits with 1 if something needs your attention.

Options
${COMMON}`

const rotateKey = `Register a new encryption key, with the name, website, description and URL that are set now.

Usage: stellartrain-oracle rotate-key

Older versions stay valid: the keys that open what was sealed to them are derived from the same signing key, which does not
change. A running oracle notices the new version within seconds.

Options
${COMMON}`

const trust = `Add a trustline, so that the oracle can be paid in an asset. It keeps 0.5 XLM of its account as a reserve.

Usage: stellartrain-oracle trust CODE:ISSUER

Options
${COMMON}`

const withdraw = `Take the fees that the contract holds for this oracle; or send XLM or an asset out of its account.

Usage: stellartrain-oracle withdraw [--challenge N]              fees, of one challenge or of all
       stellartrain-oracle withdraw --to G… --amount N [--asset CODE:ISSUER]

A running oracle takes its fees by itself when a challenge is over. What the network keeps as a reserve cannot be sent. An
oracle that you keep running needs XLM for its transactions: leave at least 5.

Options
  --challenge N       a challenge's number
  --to G…             the account to send to
  --amount N          how much, with at most 7 decimals
  --asset CODE:ISSUER what (default: XLM)
${COMMON}`

export const HELP: Readonly<Record<string, string>> = { init, status, 'rotate-key': rotateKey, trust, withdraw }
