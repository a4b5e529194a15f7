/** What can stop the indexer, each with a stable code and a sentence that says what to do. */
import { ServiceError } from '@stellartrain/service'

export type IndexerErrorCode =
  | 'wrong_network'
  | 'wrong_contract'
  | 'network_was_reset'
  | 'rpc_failed'
  | 'rpc_refused'
  | 'rpc_behind'
  | 'rpcs_differ'
  | 'lake_failed'
  | 'other_database'
  | 'bad_page'
  | 'newer_database'

export class IndexerError extends ServiceError<IndexerErrorCode> {
  override readonly name = 'IndexerError'
}
