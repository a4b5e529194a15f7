/** A judge that is a contract (`contracts/jury`): its calls, for invoke() and view(). */
import type { Spec } from '@stellar/stellar-sdk/contract'
import type { ArgsIn, MethodIn, ResultIn } from '../contract/entry.ts'
import { Client } from '../generated/jury/index.js'
import type { Call } from '../transaction/simulate.ts'

export { type CodeDeployment, deployJury, type JuryDeployOptions } from '../deploy/deploy.ts'
export type { Ballot, Config as JuryConfig } from '../generated/jury/index.js'

let spec: Spec | undefined

/** The contract's own description; the client that holds it never talks to a network. */
export function jurySpec(): Spec {
  spec ??= new Client({ contractId: '', networkPassphrase: '', rpcUrl: 'https://localhost' }).spec
  return spec
}

/** The entry points of the jury with this id. */
export function juryAt(contract: string) {
  const entry =
    <Name extends MethodIn<Client> & string>(method: Name) =>
    (args: ArgsIn<Client, Name>): Call<ResultIn<Client, Name>> => ({
      contract,
      method,
      args: jurySpec().funcArgsToScVals(method, args as object),
      authorizes: async () => [],
      decode: (value) => jurySpec().funcResToNative(method, value) as ResultIn<Client, Name>,
    })
  return {
    /** Signed by the juror; with the majority it calls the main contract in the same transaction. Returns whether this was it. */
    vote: entry('vote'),
    config: () => entry('config')({}),
    /** The votes on a submission so far. */
    ballots: entry('ballots'),
  } as const
}
