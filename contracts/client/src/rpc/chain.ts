/** A network together with the RPC that reaches it: what every function here takes first. */
import type { Network } from './networks.ts'
import { createRpc, type Rpc, type RpcOptions } from './rpc.ts'

export type Chain = { readonly network: Network; readonly rpc: Rpc }

export function connect(network: Network, options: RpcOptions & { rpc?: Rpc } = {}): Chain {
  return { network, rpc: options.rpc ?? createRpc(network.rpcUrl, options) }
}
