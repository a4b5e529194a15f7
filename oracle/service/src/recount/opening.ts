/**
 * Opens the truth to a judge that grades, once grading is over and work is undecided; and has it rule on opened works where content is
 * unique. One honest oracle is enough for it, and any number of them do no harm: each goes on where the others are.
 */
import { createHash } from 'node:crypto'
import { type Chain, type InvokeOptions, invoke, view } from '@stellartrain/contracts-client'
import { doneByOthers, FORM_CHUNK, type RecountFrozen, recountAt } from '@stellartrain/contracts-client/recount'
import type { Log } from '@stellartrain/service'
import { type Challenge, knownSubmissions } from '../chain/challenge.ts'
import { type InputsCache, requestOf } from '../challenge-files/cache.ts'
import type { Identity } from '../challenge-files/identity.ts'
import type { Grader } from '../grading/grader.ts'
import { fixedRules, recountJudge } from './judge.ts'

/** What is sent next; `place` counts the steps of a challenge. */
export type RecountStep = { place: number } & ({ kind: 'truth' } | { kind: 'work'; solver: string; attempt: number })

export type Recounting = {
  /** What is to be sent now. Undefined before `prepare`, and where nothing is left. */
  next(challenge: Challenge, now: number): RecountStep | undefined
  /** Whether `prepare` has something to find out. */
  needed(challenge: Challenge, now: number): boolean
  /** Reads what the judge has, and makes the truth's form ready. @throws ChainFailure, ContentError, OracleError */
  prepare(challenge: Challenge): Promise<void>
  /** Sends a step; what others did meanwhile is no error. @throws ContractError, ChainFailure */
  send(challenge: Challenge, step: RecountStep): Promise<void>
}

export type RecountingDeps = Readonly<{
  chain: Chain
  identity: Identity
  inputsCache: InputsCache
  grader: Pick<Grader, 'truthForm'>
  invokeOptions: () => InvokeOptions
  /** Time of the last closed ledger, unix seconds. */
  clock: () => number
  log: Log
  signal: AbortSignal
}>

type Work = { solver: string; attempt: number }

type Standing = {
  judge: string
  frozen: RecountFrozen
  /** The truth's form, until it is open. */
  form: { bytes: Uint8Array; salt: Uint8Array; hashes: Uint8Array } | undefined
  /** The chunk that is opened next. */
  chunk: number
  /** Opened works that are to be ruled on; undefined before the time for it. */
  works: Work[] | undefined
}

export function createRecounting(deps: RecountingDeps): Recounting {
  const { chain, identity, inputsCache, grader, log, signal } = deps
  /** Null: the judge is another one, or has no rules. */
  const standings = new Map<number, Standing | null>()

  const rulesNow = ({ frozen }: Standing, now: number) => frozen.unique_content && now >= Number(frozen.open_until)

  async function prepare(challenge: Challenge): Promise<void> {
    const { id } = challenge
    const judge = await recountJudge(chain, challenge, { signal })
    const frozen = judge === undefined ? null : await fixedRules(chain, judge, id, { signal })
    if (judge === undefined || frozen === null) return void standings.set(id, null)
    const truth = await view(chain, recountAt(judge).truth({ challenge: id }), { signal })
    const standing: Standing = { judge, frozen, form: undefined, chunk: truth?.next ?? 0, works: undefined }
    if (!truth?.complete) {
      const inputs = await inputsCache.get(requestOf(challenge))
      const bytes = await grader.truthForm(inputs)
      standing.form = { bytes, salt: inputs.truth.salt, hashes: hashesOf(bytes) }
    }
    if (rulesNow(standing, deps.clock())) standing.works = await openedWorks(challenge, judge)
    standings.set(id, standing)
  }

  /** No more are opened from then on. */
  async function openedWorks({ id, entries, ...challenge }: Challenge, judge: string): Promise<Work[]> {
    const works: Work[] = []
    for (const { number, status } of knownSubmissions(challenge)) {
      const entry = entries.get(number)
      if (entry === undefined || !['pending', 'scored'].includes(status.status)) continue
      const { solver, attempt } = entry
      const work = await view(chain, recountAt(judge).work({ challenge: id, solver, attempt }), { signal })
      if (work?.scored && !work.ruled) works.push({ solver, attempt })
    }
    return works
  }

  async function sendTruth(id: number, standing: Standing): Promise<void> {
    const { form, judge, chunk: place } = standing
    if (form === undefined) return
    const { salt, hashes, bytes } = form
    const chunk = bytes.slice(place * FORM_CHUNK, (place + 1) * FORM_CHUNK)
    const call = recountAt(judge).openTruth({ challenge: id, salt, hashes, place, chunk })
    const { returnValue: complete, hash } = await invoke(chain, call, identity.keypair, deps.invokeOptions())
    standing.chunk = place + 1
    if (complete) standing.form = undefined
    log.info('truth_opened', { challenge: id, chunk: place, complete, tx: hash })
  }

  return {
    needed(challenge, now) {
      const standing = standings.get(challenge.id)
      if (standing === null) return false
      return standing === undefined || (standing.works === undefined && rulesNow(standing, now))
    },
    next({ id }, now) {
      const standing = standings.get(id)
      if (!standing) return undefined
      if (standing.form) return { kind: 'truth', place: standing.chunk }
      const { works = [] } = standing
      const [work] = works
      return work && rulesNow(standing, now) ? { kind: 'work', place: works.length, ...work } : undefined
    },
    prepare,
    async send({ id, ...challenge }, step) {
      const standing = standings.get(id)
      if (!standing) return
      try {
        if (step.kind === 'truth') return await sendTruth(id, standing)
        const { solver, attempt } = step
        const call = recountAt(standing.judge).conclude({ challenge: id, solver, attempt })
        const { hash } = await invoke(chain, call, identity.keypair, deps.invokeOptions())
        log.info('recount_concluded', { challenge: id, solver, attempt, tx: hash })
        standing.works = standing.works?.filter((one) => one.solver !== solver || one.attempt !== attempt)
      } catch (error) {
        if (!doneByOthers(error)) throw error
        await prepare({ id, ...challenge })
      }
    },
  }
}

function hashesOf(form: Uint8Array): Uint8Array {
  const chunks = Array.from({ length: Math.ceil(form.length / FORM_CHUNK) }, (_, at) =>
    createHash('sha256')
      .update(form.subarray(at * FORM_CHUNK, (at + 1) * FORM_CHUNK))
      .digest(),
  )
  return new Uint8Array(Buffer.concat(chunks))
}
