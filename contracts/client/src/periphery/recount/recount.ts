/** A judge that grades (`contracts/recount`): its calls, for invoke() and view(), and how a form is handed to it. */
import type { Spec } from '@stellar/stellar-sdk/contract'
import type { ArgsIn, MethodIn, ResultIn } from '../../contract/entry.ts'
import { ContractError } from '../../errors.ts'
import { Client } from '../../generated/recount/index.js'
import type { Call } from '../../transaction/simulate.ts'

export { type CodeDeployment, deployRecount, type RecountDeployOptions } from '../../deploy/deploy.ts'
export {
  type Frozen as RecountFrozen,
  Metric as RecountMetric,
  type Row as RecountRow,
  type Rules as RecountRules,
  type Truth as RecountTruth,
  type Work as RecountWork,
} from '../../generated/recount/index.js'
export { FORM_CHUNK, MAX_CHUNKS, MAX_CLASS_BYTES, MAX_CLASSES, MAX_SCORE_CHUNKS } from './limits.ts'

/** Refusals of what someone else did first: nothing is lost, and what is left goes on from there. */
const DONE_BY_OTHERS = ['OutOfOrder', 'AlreadyOpened', 'AlreadyRuled', 'AlreadyDecided']

export const doneByOthers = (error: unknown): boolean =>
  error instanceof ContractError && DONE_BY_OTHERS.includes(error.errorName)

let spec: Spec | undefined

/** The contract's own description; the client that holds it never talks to a network. */
export function recountSpec(): Spec {
  spec ??= new Client({ contractId: '', networkPassphrase: '', rpcUrl: 'https://localhost' }).spec
  return spec
}

/** The entry points of the judge with this id. */
export function recountAt(contract: string) {
  const entry =
    <Name extends MethodIn<Client> & string>(method: Name) =>
    (args: ArgsIn<Client, Name>): Call<ResultIn<Client, Name>> => ({
      contract,
      method,
      args: recountSpec().funcArgsToScVals(method, args as object),
      authorizes: async () => [],
      decode: (value) => recountSpec().funcResToNative(method, value) as ResultIn<Client, Name>,
    })
  return {
    /** Signed by the challenge's maker, before anybody submits; fixed from then on. */
    configure: entry('configure'),
    /** The next chunk of the truth; anyone's call. Returns whether all that is needed is open. */
    openTruth: entry('open_truth'),
    /** The next chunk of a work; anyone's call. Returns whether the work is scored. */
    openWork: entry('open_work'),
    /** With unique content: rules on a work that was opened, from `open_until` on; anyone's call. */
    conclude: entry('conclude'),
    /** Enters a solver into the ranking again; anyone's call. */
    rank: entry('rank'),
    /** Once the judge's time is over; anyone's call. */
    removeTruth: entry('remove_truth'),
    removeWork: entry('remove_work'),
    rules: entry('rules'),
    truth: entry('truth'),
    work: entry('work'),
    table: entry('table'),
    stellartrain: () => entry('stellartrain')({}),
  } as const
}
