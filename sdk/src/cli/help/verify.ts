import { NETWORK_HELP } from './common.ts'

export const help = `Recompute a submission's score and payment from public data.

Usage: stellartrain verify SUBMISSION [options]

Everything is read from the contract's storage, its events, and content that is checked against its CIDs. The indexer is
not asked. The RPC is trusted, unless others are named that must say the same. A check that cannot see all of its
evidence is left open and names what is missing.
A submission is named 7/3, or 7/G…/1 by solver and attempt.

Options
  --submission FILE   judge this file instead of the published one
  --truth FILE        judge with this truth, and
  --salt HEX          with this salt, where none is opened yet
  --also-rpc URL      another RPC that must say the same; as often as you like
  --solver G…         name the submission by solver, and
  --attempt N         attempt, with the challenge's number as the argument
${NETWORK_HELP}
Exit codes
  0 verified   1 something is not as claimed   4 nothing is wrong, but a check is open

Examples
  stellartrain verify 7/3
  stellartrain verify 7/3 --submission predictions.csv   does my own file have this score?
  stellartrain verify 7/3 --also-rpc https://rpc.example.org
`
