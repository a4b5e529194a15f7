/** On-chain shapes for TypeScript, and the one path from a call to its receipt. */

export { isAdmitted } from './contract/admission.ts'
export * from './contract/calls.ts'
export {
  type EarningsLeaf,
  type EarningsPlace,
  type EarningsTree,
  earningsLeaf,
  earningsTree,
  PROOF_MAX,
  rootOf,
} from './contract/earnings-tree.ts'
export type { ArgsOf, Method, ResultOf } from './contract/entry.ts'
export * from './contract/facts.ts'
export { promisedPrize } from './contract/prize.ts'
export { contractSpec } from './contract/spec.ts'
export {
  type BoardRow,
  type EpochState,
  type EpochVote,
  type Rankings,
  type RankingVote,
  type StoredStanding,
  stored,
  unpackBoard,
  unpackSubmission,
} from './contract/stored.ts'
export { readBalance, readToken, type Token, tokenContract } from './contract/token.ts'
export { readSubmissions, views } from './contract/views.ts'
export { type Deployment, type DeployOptions, deployAssetContract, deployContract } from './deploy/deploy.ts'
export { checkDeployment } from './deploy/deployment.ts'
export * from './encoding/cid.ts'
export { fromHex, toHex } from './encoding/hex.ts'
export { type Plain, readScVal } from './encoding/scval.ts'
export { nativeTopic } from './encoding/topics.ts'
export * from './encoding/units.ts'
export { CONTRACT_ERRORS, ContractError, type ErrorLine, RECORDS_ERRORS, TOKEN_ERRORS } from './errors.ts'
export * from './events/events.ts'
export * from './events/follow.ts'
export { ChainFailure, type FailureCode } from './failures.ts'
export type {
  Attempts,
  Bounty,
  Branch,
  Challenge,
  Cid,
  Config,
  Earnings,
  Epoch,
  Judge,
  MakerRecord,
  OracleKey,
  OracleRecord,
  Outcome as SubmissionOutcome,
  Payout,
  PerUnit,
  Place,
  Purse,
  Ranked,
  RankingRow,
  Settlement,
  Sibling,
  State,
  Submission,
  SubmissionId,
  Tally,
  Terms,
  Vote,
  VoteRecord,
} from './generated/index.js'
export { Direction, Phase, Ranking, Verdict } from './generated/index.js'
export { type Chain, connect } from './rpc/chain.ts'
export { fundWithFriendbot } from './rpc/friendbot.ts'
export { balanceKey, codeKey, instanceKey, recordsStorage, storage, trustlineKey } from './rpc/keys.ts'
export {
  accountKey,
  type LedgerClock,
  type LedgerEntry,
  type ReadOptions,
  readAccount,
  readClock,
  readEntries,
  readEntry,
} from './rpc/ledger.ts'
export * from './rpc/networks.ts'
export { RESERVE, spendable } from './rpc/reserve.ts'
export { createRpc, type Rpc, type RpcOptions } from './rpc/rpc.ts'
export { backoff, readRetryAfter, sleep } from './rpc/wait.ts'
export {
  checkAuthorization,
  type Invocation,
  type Transfer,
  UnexpectedAuthorization,
} from './transaction/authorization.ts'
export { type InvokeOptions, invoke, type Progress, type Receipt, sendOperations } from './transaction/invoke.ts'
export { type Applied, type Failed, type Outcome, readOutcome, type TransactionEvent } from './transaction/outcome.ts'
export { raiseResources, TX_LIMITS } from './transaction/resources.ts'
export { type Ending, type Envelope, sendAndFollow } from './transaction/send.ts'
export { isDigestSigned, signDigest } from './transaction/signed-digest.ts'
export { asSigner, keypairSigner, type Signer, type SignerLike, type SignRequest } from './transaction/signer.ts'
export { type Call, simulate, type Viewed, view, viewed } from './transaction/simulate.ts'
