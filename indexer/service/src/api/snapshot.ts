/**
 * One answer, one snapshot: whatever statements an answer is made of read the same state, that of the ledger its `_meta` names. Tags
 * answers with that state, and answers 304 to whoever has it already.
 *
 * The state is read in the snapshot itself, together with the first rows: an answer is begun on the state of the answer before it, and
 * made anew where the snapshot turns out to have another one, which happens once a ledger.
 */
import { answerWith, headersOf } from '@stellartrain/service'
import type { Context, TypedResponse } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { JSONParsed } from 'hono/utils/types'
import type { Reading } from '../store/reading.ts'
import type { AppDeps, AppEnv, Freshness } from './context.ts'
import { isKnown } from './entity-tag.ts'
import type { Reads, Snapshot } from './env.ts'
import { createAnswers, type KeptAnswer, keptHeaders, keyOf, USUAL_MS } from './kept.ts'
import { createWhole, freshnessOf, readFreshness, readState, type State } from './read/freshness.ts'
import { createReadings } from './together.ts'

const JSON_TYPE = 'application/json'
/** A statement came after one that failed: in a transaction that is shared it may be somebody else's. */
const ENDED_BY_OTHERS = '25P02'

export function snapshot({ db, now, keepsAnswersMs = USUAL_MS }: Pick<AppDeps, 'db' | 'now' | 'keepsAnswersMs'>) {
  const whole = createWhole()
  const answers = createAnswers(keepsAnswersMs)
  const readings = createReadings<State>(db, (tables) => readState(tables, whole))
  /** As the last answer found it. */
  let last: State | null = null
  // What depends on who asks is nobody else's.
  const keeps = (c: Context<AppEnv>) =>
    keepsAnswersMs > 0 && c.req.method === 'GET' && c.req.header('authorization') === undefined

  return createMiddleware<AppEnv>(async (c, next) => {
    if (keeps(c) && answers.has(keyOf(c))) {
      const known = answers.find(namesOf(await readFreshness(db, now(), whole)), keyOf(c))
      if (known) return again(c, known)
    }
    let reading: Reading | null = null
    let fresh: Freshness | null = null
    let held: Promise<unknown> = Promise.resolve()

    async function read<T>(
      make: (reads: Reads) => Promise<T>,
      { together = false }: { together?: boolean } = {},
    ): Promise<T> {
      if (reading && fresh) return make({ db: reading.db, fresh })
      const at = now()
      let shares = together
      for (let assumed = last; ; assumed = null) {
        const asked = await (shares ? readings.together() : readings.alone())
        reading = asked.reading
        const { db: tables, end } = reading
        try {
          const before = assumed && freshnessOf(assumed, at)
          const early = before && make({ db: tables, fresh: before })
          early?.catch(() => {})
          const state = await asked.state
          fresh = freshnessOf(state, at)
          if (assumed === null) {
            last = state
            return await make({ db: tables, fresh })
          }
          if (state.text === assumed.text) return await early!
          // A statement that failed would have ended the snapshot.
          await early!.catch(() => {})
        } catch (error) {
          if (!shares || (error as { code?: string }).code !== ENDED_BY_OTHERS) throw error
          shares = false
        }
        end()
      }
    }

    const tag = (form: string) => `W/"${namesOf(fresh!).replaceAll(' ', '-')}${form}"`
    const shown: Snapshot = {
      read,
      tag(form) {
        const headers = headersOf(c)
        headers.etag = tag(form)
        headers['cache-control'] = 'no-cache'
        return isKnown(c.req.header('if-none-match'), tag(form))
      },
      send<T>(value: T, text?: string) {
        if (shown.tag('')) return answerWith(c, 304, null) as never
        const body = text ?? JSON.stringify(value)
        const type = { 'content-type': JSON_TYPE }
        if (keeps(c)) {
          const headers = keptHeaders({ ...headersOf(c), ...type })
          answers.keep(namesOf(fresh!), keyOf(c), { body, tag: tag(''), headers })
        }
        return answerWith(c, 200, body, type) as Response as Response & TypedResponse<JSONParsed<T>, 200, 'json'>
      },
      hold: (until) => {
        held = until
      },
    }
    c.set('snapshot', shown)
    try {
      await next()
    } finally {
      // An export reads on after its answer has begun.
      const over = () => reading?.end()
      void held.then(over, over)
    }
  })
}

/**
 * All that decides on an answer beside the request. Phases follow the clock as well, which is the ledger's unless the chain stands still;
 * how much is known has its own pace.
 */
const namesOf = ({ ledger, revision, verifiedLedger, whole, now, records }: Freshness): string =>
  [ledger, revision, verifiedLedger, whole, now, records?.contract, records?.verifiedLedger].join(' ')

function again(c: Context<AppEnv>, { body, tag, headers }: KeptAnswer): Response {
  if (!isKnown(c.req.header('if-none-match'), tag)) return answerWith(c, 200, body, headers)
  const { 'content-type': _, ...rest } = headers
  return answerWith(c, 304, null, rest)
}
