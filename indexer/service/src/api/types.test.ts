/** Clients get their types from the OpenAPI document, the views theirs from the schemas: both must be the same. Checked by the type checker. */
import type * as Api from '@stellartrain/indexer-api'
import { expectTypeOf, test } from 'vitest'
import type * as Own from './types.ts'

test('what is answered is what clients are promised', () => {
  expectTypeOf<Own.ChallengePage>().toExtend<Api.ChallengePage>()
  expectTypeOf<Own.Challenge>().toExtend<Api.Challenge>()
  expectTypeOf<Own.SubmissionPage>().toExtend<Api.SubmissionPage>()
  expectTypeOf<Own.SubmissionDetail>().toExtend<Api.SubmissionDetail>()
  expectTypeOf<Own.LeaderboardPage>().toExtend<Api.LeaderboardPage>()
  expectTypeOf<Own.EpochPage>().toExtend<Api.EpochPage>()
  expectTypeOf<Own.ClaimPage>().toExtend<Api.ClaimPage>()
  expectTypeOf<Own.Account>().toExtend<Api.Account>()
  expectTypeOf<Own.OraclePage>().toExtend<Api.OraclePage>()
  expectTypeOf<Own.OracleDetail>().toExtend<Api.OracleDetail>()
  expectTypeOf<Own.EventPage>().toExtend<Api.EventPage>()
  expectTypeOf<Own.Transaction>().toExtend<Api.Transaction>()
  expectTypeOf<Own.Totals>().toExtend<Api.Totals>()
  expectTypeOf<Own.Status>().toExtend<Api.Status>()
})
