/** What the contract answers of a challenge now, for the comparison with what the rules say of the tables. */
import { type Chain, readClock, view, views } from '@stellartrain/contracts-client'
import { maySettle } from '@stellartrain/contracts-client/rules'
import { phaseName } from '../decode/names.ts'
import type { ChallengeRow } from '../project/model.ts'
import type { World } from '../project/world.ts'
import { submissionsOf } from '../verify/compare.ts'
import type { Answers } from '../verify/stored.ts'

export function askContract(chain: Chain): (challenge: ChallengeRow, world: World) => Promise<Answers> {
  return async ({ id }, world) => {
    const { closedAt } = await readClock(chain)
    const phase = await view(chain, views.phase({ challenge: id }))
    const answers: Answers = {
      ...{ now: Number(closedAt), phase, board: await view(chain, views.board({ challenge: id })) },
      ...{ outcomes: [], owed: [] },
    }
    const outcomes = []
    const owed = []
    for (const { facts, attempt } of submissionsOf(world, id)) {
      const named = { challenge: id, solver: facts.solver, attempt }
      owed.push(await view(chain, views.owed(named)))
      if (maySettle(phaseName(phase))) outcomes.push(await view(chain, views.outcome(named)))
    }
    return { ...answers, outcomes, owed }
  }
}
