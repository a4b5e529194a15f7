/** Makes typed calls out of the generated bindings, so that a change of the contract breaks the build here first. */
import type { AssembledTransaction, MethodOptions } from '@stellar/stellar-sdk/contract'
import type { Client } from './generated/index.js'
import type { Call } from './simulate.ts'
import { decodeResult, encodeArgs } from './spec.ts'

/** The contract's functions. */
export type Method = {
  [Name in keyof Client]: Client[Name] extends (...args: never[]) => Promise<AssembledTransaction<infer _>>
    ? Name
    : never
}[keyof Client]

export type ArgsOf<Name extends Method> = Client[Name] extends (args: infer Args, options?: MethodOptions) => unknown
  ? Args extends MethodOptions
    ? Record<never, never>
    : Args
  : Record<never, never>

export type ResultOf<Name extends Method> =
  Awaited<ReturnType<Client[Name]>> extends AssembledTransaction<infer Result> ? Result : never

/** Names the arguments as the contract does; nothing is checked here that the contract checks itself. */
export function entry<Name extends Method>(method: Name) {
  return (args: ArgsOf<Name>): Call<ResultOf<Name>> => ({
    method,
    args: encodeArgs(method, args as object),
    decode: (value) => decodeResult<ResultOf<Name>>(method, value),
  })
}
