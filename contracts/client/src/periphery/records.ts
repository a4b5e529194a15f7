/** The second contract, of solvers' records and badges: its calls, for invoke() and view(), and its errors. */
import { xdr } from '@stellar/stellar-sdk/base'
import type { Spec } from '@stellar/stellar-sdk/contract'
import type { ArgsIn, MethodIn, ResultIn } from '../contract/entry.ts'
import { numberedFootprint } from '../contract/numbered.ts'
import { Client } from '../generated/records/index.js'
import { dataKey } from '../rpc/keys.ts'
import type { Call } from '../transaction/simulate.ts'

export { deployRecords, type RecordsDeployment, type RecordsDeployOptions } from '../deploy/deploy.ts'
export { RECORDS_ERRORS } from '../errors.ts'
export type { Badge, Config as RecordsConfig, SolverRecord } from '../generated/records/index.js'
export { BADGE_PICTURE, badgePictureCid } from './badge-picture.ts'

let spec: Spec | undefined

/** The contract's own description; the client that holds it never talks to a network. */
export function recordsSpec(): Spec {
  spec ??= new Client({ contractId: '', networkPassphrase: '', rpcUrl: 'https://localhost' }).spec
  return spec
}

/** The entry points of the records contract with this id. */
export function recordsAt(contract: string) {
  const entry =
    <Name extends MethodIn<Client> & string>(method: Name) =>
    (args: ArgsIn<Client, Name>): Call<ResultIn<Client, Name>> => ({
      contract,
      method,
      args: recordsSpec().funcArgsToScVals(method, args as object),
      authorizes: async () => [],
      decode: (value) => recordsSpec().funcResToNative(method, value) as ResultIn<Client, Name>,
    })
  return {
    /** Counts a final submission in its solver's record, once; anyone may. Returns the record. */
    fold: entry('fold'),
    /** Signed by the solver. Returns the badge's number. */
    mint(args: ArgsIn<Client, 'mint'>): Call<number> {
      // `Owner` is OpenZeppelin's key beside ours.
      const amend = numberedFootprint({
        head: 'Badge',
        entries: (records, badge) => ['Badge', 'Owner'].map((name) => dataKey(records, name, xdr.ScVal.scvU32(badge))),
        bytes: 700,
      })
      return { ...entry('mint')(args), amend }
    },
    /** Signed by the owner. */
    burn: entry('burn'),
    /** Always refused, as `transfer_from`, `approve` and `approve_for_all` are: a badge never moves. */
    transfer: entry('transfer'),

    config: () => entry('config')({}),
    /** All zero before the first fold. */
    record: entry('record'),
    folded: entry('folded'),
    /** How many were minted; they are numbered from 1. */
    badges: () => entry('badges')({}),
    badge: entry('badge'),
    /** The number of a submission's badge, burned or not; null before it is minted. */
    badgeOf: entry('badge_of'),
    ownerOf: entry('owner_of'),
    balance: entry('balance'),
    /** `ipfs://` and the CID of metadata(). */
    tokenUri: entry('token_uri'),
    /** The badge's JSON document, to the last byte. */
    metadata: entry('metadata'),
  } as const
}
