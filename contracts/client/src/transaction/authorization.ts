/**
 * What a signature of the transaction's source would allow, held against what the caller meant. A token or a gate is anybody's
 * code: it can ask for more than a transfer, and one signature of the transaction would grant all of it.
 */
import { Address, nativeToScVal, scValToNative, type xdr } from '@stellar/stellar-sdk/base'

/** One payment that a call makes in the signer's name; `amount` in base units. */
export type Transfer = { token: string; from: string; to: string; amount: bigint }

/** One call in a tree of authorisations, as far as it can be shown. */
export type Invocation = {
  /** `C…`; empty for the creation of a contract. */
  contract: string
  method: string
  args: unknown[]
  /** What it may call in the signer's name. */
  calls: Invocation[]
}

/** The call would use the signature for something else; it was not signed. */
export class UnexpectedAuthorization extends Error {
  override readonly name = 'UnexpectedAuthorization'
  readonly code = 'unexpected_authorization'
  readonly retryable = false
  /** Everything that the signature would allow. */
  readonly asked: readonly Invocation[]

  constructor(method: string, asked: readonly Invocation[]) {
    super(
      `Nothing was signed: beside ${method} as shown, the signature would be used for ${listed(method, asked) || 'nothing, though a payment was shown'}. The token or the gate of this challenge asks for this; do not trust it.`,
    )
    this.asked = asked
  }
}

type Own = { contract: string; method: string; args: readonly xdr.ScVal[] }

/**
 * Passes if the authorisations are this call with these transfers directly below it, and nothing else. Where no transfer is
 * expected, no authorisation at all passes too: much can be called by anyone. An amount of zero is no transfer.
 * @throws UnexpectedAuthorization
 */
export function checkAuthorization(
  auth: readonly xdr.SorobanAuthorizationEntry[],
  call: Own,
  transfers: readonly Transfer[],
): void {
  const expected = transfers.filter(({ amount }) => amount !== 0n).map(transferKey)
  const [first, ...more] = auth.map(({ rootInvocation }) => rootInvocation)
  if (!first && expected.length === 0) return
  const exact =
    first !== undefined &&
    more.length === 0 &&
    functionKey(first.function) === keyOf(call.contract, call.method, call.args) &&
    first.subInvocations.length === expected.length &&
    first.subInvocations.every(
      (below, at) => below.subInvocations.length === 0 && functionKey(below.function) === expected[at],
    )
  if (!exact)
    throw new UnexpectedAuthorization(
      call.method,
      auth.map(({ rootInvocation }) => shown(rootInvocation)),
    )
}

const transferKey = ({ token, from, to, amount }: Transfer): string =>
  keyOf(token, 'transfer', [
    new Address(from).toScVal(),
    new Address(to).toScVal(),
    nativeToScVal(amount, { type: 'i128' }),
  ])

const keyOf = (contract: string, method: string, args: readonly xdr.ScVal[]): string =>
  [contract, method, ...args.map((arg) => arg.toXdr('base64'))].join(' ')

function functionKey(authorized: xdr.SorobanAuthorizedFunction): string {
  if (authorized.type !== 'sorobanAuthorizedFunctionTypeContractFn') return authorized.type
  const { contractAddress, functionName, args } = authorized.contractFn
  return keyOf(Address.fromScAddress(contractAddress).toString(), String(functionName), args)
}

function shown({ function: authorized, subInvocations }: xdr.SorobanAuthorizedInvocation): Invocation {
  const calls = subInvocations.map(shown)
  if (authorized.type !== 'sorobanAuthorizedFunctionTypeContractFn')
    return { contract: '', method: 'create a contract', args: [], calls }
  const { contractAddress, functionName, args } = authorized.contractFn
  return {
    contract: Address.fromScAddress(contractAddress).toString(),
    method: String(functionName),
    args: args.map((arg) => scValToNative(arg) as unknown),
    calls,
  }
}

/** Every call but the meant one itself, in a line: `C….transfer(G…, C…, 5)`. */
const listed = (method: string, asked: readonly Invocation[]): string =>
  asked
    .flatMap((one) => (one.method === method ? one.calls : [one]))
    .flatMap(flat)
    .map((one) => `${one.contract}.${one.method}(${one.args.map(String).join(', ')})`)
    .join(' and ')

const flat = (one: Invocation): Invocation[] => [one, ...one.calls.flatMap(flat)]
