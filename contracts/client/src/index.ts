/** On-chain shapes for TypeScript, and the one path from a call to its receipt. */

export { isAdmitted } from './admission.ts'
export {
  checkAuthorization,
  type Invocation,
  type Transfer,
  UnexpectedAuthorization,
} from './authorization.ts'
export * from './calls.ts'
export { type Chain, connect } from './chain.ts'
export * from './cid.ts'
export { type Deployment, type DeployOptions, deployAssetContract, deployContract } from './deploy.ts'
export { checkDeployment } from './deployment.ts'
export {
  type EarningsLeaf,
  type EarningsPlace,
  type EarningsTree,
  earningsLeaf,
  earningsTree,
  PROOF_MAX,
  rootOf,
} from './earnings-tree.ts'
export type { ArgsOf, Method, ResultOf } from './entry.ts'
export { CONTRACT_ERRORS, ContractError, type ErrorLine, RECORDS_ERRORS, TOKEN_ERRORS } from './errors.ts'
export * from './events.ts'
export * from './facts.ts'
export { ChainFailure, type FailureCode } from './failures.ts'
export * from './follow.ts'
export { fundWithFriendbot } from './friendbot.ts'
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
export { fromHex, toHex } from './hex.ts'
export { type InvokeOptions, invoke, type Progress, type Receipt, sendOperations } from './invoke.ts'
export { balanceKey, codeKey, instanceKey, recordsStorage, storage, trustlineKey } from './keys.ts'
export {
  accountKey,
  type LedgerClock,
  type LedgerEntry,
  type ReadOptions,
  readAccount,
  readClock,
  readEntries,
  readEntry,
} from './ledger.ts'
export * from './networks.ts'
export { type Applied, type Failed, type Outcome, readOutcome, type TransactionEvent } from './outcome.ts'
export { promisedPrize } from './prize.ts'
export { raiseResources, TX_LIMITS } from './resources.ts'
export { createRpc, type Rpc, type RpcOptions } from './rpc.ts'
export { type Plain, readScVal } from './scval.ts'
export { type Ending, type Envelope, sendAndFollow } from './send.ts'
export { isDigestSigned, signDigest } from './signed-digest.ts'
export { asSigner, keypairSigner, type Signer, type SignerLike, type SignRequest } from './signer.ts'
export { type Call, simulate, type Viewed, view, viewed } from './simulate.ts'
export { contractSpec } from './spec.ts'
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
} from './stored.ts'
export { readBalance, readToken, type Token, tokenContract } from './token.ts'
export { nativeTopic } from './topics.ts'
export * from './units.ts'
export { readSubmissions, views } from './views.ts'
export { backoff, sleep } from './wait.ts'
