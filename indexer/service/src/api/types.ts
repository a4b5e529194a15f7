/** The API's shapes as types, read off its schemas; the views that fill them and the clients that read them share these. */
import type { z } from '@hono/zod-openapi'
import type * as account from './schemas/account.ts'
import type * as challenge from './schemas/challenge.ts'
import type * as common from './schemas/common.ts'
import type * as event from './schemas/event.ts'
import type * as records from './schemas/records.ts'
import type * as recount from './schemas/recount.ts'
import type * as statistics from './schemas/statistics.ts'
import type * as status from './schemas/status.ts'
import type * as submission from './schemas/submission.ts'
import type * as webhook from './schemas/webhook.ts'

export type Amount = z.infer<typeof common.Amount>
export type Score = z.infer<typeof common.Score>
export type Asset = z.infer<typeof common.Asset>
export type AssetAmount = z.infer<typeof common.AssetAmount>
export type Meta = z.infer<typeof common.Meta>
export type Problem = z.infer<typeof common.Problem>

export type Closing = z.infer<typeof challenge.Closing>
export type Rule = z.infer<typeof challenge.Rule>
export type Payout = z.infer<typeof challenge.Payout>
export type Place = z.infer<typeof challenge.Place>
export type RankingPost = z.infer<typeof challenge.RankingPost>
export type ListedRanking = z.infer<typeof challenge.ListedRanking>
export type EpochVote = z.infer<typeof challenge.EpochVote>
export type Epoch = z.infer<typeof challenge.Epoch>
export type EpochPage = z.infer<typeof challenge.EpochPage>
export type Units = z.infer<typeof challenge.Units>
export type ChallengeOracle = z.infer<typeof challenge.ChallengeOracle>
export type ManifestInfo = z.infer<typeof challenge.ManifestInfo>
export type Completeness = z.infer<typeof challenge.Completeness>
export type ChallengeSummary = z.infer<typeof challenge.ChallengeSummary>
export type ChallengeMoney = z.infer<typeof challenge.ChallengeMoney>
export type Default = z.infer<typeof challenge.Default>
export type Reveal = z.infer<typeof challenge.Reveal>
export type Challenge = z.infer<typeof challenge.Challenge>
export type ChallengePage = z.infer<typeof challenge.ChallengePage>

export type SubmissionStatus = z.infer<typeof submission.SubmissionStatus>
export type Decision = z.infer<typeof submission.Decision>
export type NextStep = z.infer<typeof submission.NextStep>
export type Ballot = z.infer<typeof submission.Ballot>
export type Vote = z.infer<typeof submission.Vote>
export type Payment = z.infer<typeof submission.Payment>
export type Submission = z.infer<typeof submission.Submission>
export type SubmissionPage = z.infer<typeof submission.SubmissionPage>
export type SubmissionDetail = z.infer<typeof submission.SubmissionDetail>
export type ChallengeRecount = z.infer<typeof recount.ChallengeRecount>
export type SubmissionRecount = z.infer<typeof recount.SubmissionRecount>
export type LeaderboardRow = z.infer<typeof submission.LeaderboardRow>
export type ListedVote = z.infer<typeof submission.ListedVote>
export type VotePage = z.infer<typeof submission.VotePage>
export type PaymentPart = z.infer<typeof submission.PaymentPart>
export type PaymentPage = z.infer<typeof submission.PaymentPage>
export type LeaderboardPage = z.infer<typeof submission.LeaderboardPage>

export type Oracle = z.infer<typeof account.Oracle>
export type OraclePage = z.infer<typeof account.OraclePage>
export type OracleDetail = z.infer<typeof account.OracleDetail>
export type Claim = z.infer<typeof account.Claim>
export type ClaimPage = z.infer<typeof account.ClaimPage>
export type AccountEarnings = z.infer<typeof account.AccountEarnings>
export type MakerRecord = z.infer<typeof account.MakerRecord>
export type Account = z.infer<typeof account.Account>
export type Totals = z.infer<typeof account.Totals>

export type Solver = z.infer<typeof records.Solver>
export type SolverPage = z.infer<typeof records.SolverPage>
export type SolverDetail = z.infer<typeof records.SolverDetail>
export type RecordedSubmission = z.infer<typeof records.RecordedSubmission>
export type RecordPage = z.infer<typeof records.RecordPage>
export type Badge = z.infer<typeof records.Badge>
export type BadgePage = z.infer<typeof records.BadgePage>
export type BadgeDetail = z.infer<typeof records.BadgeDetail>
export type Maker = z.infer<typeof records.Maker>
export type MakerPage = z.infer<typeof records.MakerPage>
export type MakerDetail = z.infer<typeof records.MakerDetail>

export type DayTotals = z.infer<typeof statistics.DayTotals>
export type DayTotalsPage = z.infer<typeof statistics.DayTotalsPage>
export type DayPayments = z.infer<typeof statistics.DayPayments>
export type DayPaymentsPage = z.infer<typeof statistics.DayPaymentsPage>
export type ChallengeDay = z.infer<typeof statistics.ChallengeDay>
export type ChallengeDayPage = z.infer<typeof statistics.ChallengeDayPage>
export type BestScore = z.infer<typeof statistics.BestScore>
export type BestScorePage = z.infer<typeof statistics.BestScorePage>
export type SolverScore = z.infer<typeof statistics.SolverScore>
export type SolverScorePage = z.infer<typeof statistics.SolverScorePage>

export type Webhook = z.infer<typeof webhook.Webhook>
export type WebhookDelivery = z.infer<typeof webhook.WebhookDelivery>

export type EventType = z.infer<typeof event.EventType>
export type ChainEvent = z.infer<typeof event.ChainEvent>
export type EventPage = z.infer<typeof event.EventPage>
export type Transaction = z.infer<typeof event.Transaction>

export type Gap = z.infer<typeof status.Gap>
export type Status = z.infer<typeof status.Status>
export type Ready = z.infer<typeof status.Ready>
export type ErrorTable = z.infer<typeof status.ErrorTable>
