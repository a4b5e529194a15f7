/** Makes typed calls out of the generated bindings, so that a change of a contract breaks the build here first. */
import type { AssembledTransaction, MethodOptions } from '@stellar/stellar-sdk/contract'
import type { Client } from '../generated/index.js'
import type { Call } from '../transaction/simulate.ts'
import { decodeResult, encodeArgs } from './spec.ts'

/** The functions of a contract, by its generated client. */
export type MethodIn<C> = {
  [Name in keyof C]: C[Name] extends (...args: never[]) => Promise<AssembledTransaction<infer _>> ? Name : never
}[keyof C]

export type ArgsIn<C, Name extends MethodIn<C>> = C[Name] extends (args: infer Args, options?: MethodOptions) => unknown
  ? Args extends MethodOptions
    ? Record<never, never>
    : Args
  : Record<never, never>

export type ResultIn<C, Name extends MethodIn<C>> = C[Name] extends (
  ...args: never[]
) => Promise<AssembledTransaction<infer Result>>
  ? Result
  : never

/** The same of the main contract. */
export type Method = MethodIn<Client>
export type ArgsOf<Name extends Method> = ArgsIn<Client, Name>
export type ResultOf<Name extends Method> = ResultIn<Client, Name>

/** Names the arguments as the contract does; nothing is checked here that the contract checks itself. */
export function entry<Name extends Method>(method: Name) {
  return (args: ArgsOf<Name>): Call<ResultOf<Name>> => ({
    method,
    args: encodeArgs(method, args as object),
    // No call of ours uses a signature for anything beside itself, unless it says so.
    authorizes: async () => [],
    decode: (value) => decodeResult<ResultOf<Name>>(method, value),
  })
}
