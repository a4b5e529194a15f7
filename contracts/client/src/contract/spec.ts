/** The contract's own description, from the generated bindings: turns arguments and results into ScVals and back. */
import type { xdr } from '@stellar/stellar-sdk/base'
import type { Spec } from '@stellar/stellar-sdk/contract'
import { Client } from '../generated/index.js'

let spec: Spec | undefined

/** Made on first use: it takes a few milliseconds that a reader of events never pays. */
export function contractSpec(): Spec {
  // The generated client holds the description; it is never used to talk to a network, so these options are not either.
  spec ??= new Client({ contractId: '', networkPassphrase: '', rpcUrl: 'https://localhost' }).spec
  return spec
}

export function encodeArgs(method: string, args: object): xdr.ScVal[] {
  return contractSpec().funcArgsToScVals(method, args)
}

export function decodeResult<T>(method: string, value: xdr.ScVal): T {
  return contractSpec().funcResToNative(method, value) as T
}
