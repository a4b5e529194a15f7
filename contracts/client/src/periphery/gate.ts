/** A gate that is a contract (`contracts/gate`): its calls, for invoke() and view(). */
import type { Spec } from '@stellar/stellar-sdk/contract'
import type { ArgsIn, MethodIn, ResultIn } from '../contract/entry.ts'
import { Client } from '../generated/gate/index.js'
import type { Call } from '../transaction/simulate.ts'

export { type CodeDeployment, deployGate, type GateDeployOptions } from '../deploy/deploy.ts'
export type { Config as GateConfig } from '../generated/gate/index.js'

let spec: Spec | undefined

/** The contract's own description; the client that holds it never talks to a network. */
export function gateSpec(): Spec {
  spec ??= new Client({ contractId: '', networkPassphrase: '', rpcUrl: 'https://localhost' }).spec
  return spec
}

/** The entry points of the gate with this id. */
export function gateAt(contract: string) {
  const entry =
    <Name extends MethodIn<Client> & string>(method: Name) =>
    (args: ArgsIn<Client, Name>): Call<ResultIn<Client, Name>> => ({
      contract,
      method,
      args: gateSpec().funcArgsToScVals(method, args as object),
      authorizes: async () => [],
      decode: (value) => gateSpec().funcResToNative(method, value) as ResultIn<Client, Name>,
    })
  return {
    /** Signed by the gate's owner: invites a solver, or takes the invitation back. */
    invite: entry('invite'),
    /** Whether the solver may submit. */
    admits: entry('admits'),
    config: () => entry('config')({}),
  } as const
}
