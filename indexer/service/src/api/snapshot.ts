/**
 * One answer, one snapshot: whatever statements an answer is made of read the same state, that of the ledger its `_meta` names. Tags
 * answers with that state, and answers 304 to whoever has it already.
 */
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { AppDeps, AppEnv, Freshness } from './context.ts'
import { createAnswers, type KeptAnswer, keptHeaders, keyOf, USUAL_MS } from './kept.ts'
import { createWhole, readFreshness } from './read/freshness.ts'

export function snapshot({ db, now, keepsAnswersMs = USUAL_MS }: Pick<AppDeps, 'db' | 'now' | 'keepsAnswersMs'>) {
  const whole = createWhole()
  const answers = createAnswers(keepsAnswersMs)
  // What depends on who asks is nobody else's.
  const keeps = (c: Context<AppEnv>) =>
    keepsAnswersMs > 0 && c.req.method === 'GET' && c.req.header('authorization') === undefined
  return createMiddleware<AppEnv>(async (c, next) => {
    if (keeps(c) && answers.has(keyOf(c))) {
      const known = answers.find(stateOf(await readFreshness(db, now(), whole)), keyOf(c))
      if (known) return again(c, known)
    }
    const reading = await db
      .startTransaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute()
    let state: string
    try {
      const fresh = await readFreshness(reading, now(), whole)
      state = stateOf(fresh)
      c.set('db', reading)
      c.set('fresh', fresh)
      c.set('hold', null)
      c.set('tag', (form) => `W/"${state.replaceAll(' ', '-')}${form}"`)
      await next()
    } finally {
      // An export reads on after its answer has begun. Nothing was written, so nobody waits for the end.
      const over = () => reading.rollback().execute()
      void (c.var.hold ?? Promise.resolve()).then(over, over).catch(() => {})
    }
    if (c.res.status !== 200 || c.var.untagged) return
    const tag = c.var.tag(c.var.form ?? '')
    c.header('etag', tag)
    c.header('cache-control', 'no-cache')
    const json = c.res.headers.get('content-type')?.startsWith('application/json') === true
    if (keeps(c) && json) {
      const body = await c.res.text()
      answers.keep(state, keyOf(c), { body, tag, headers: keptHeaders(c.res.headers) })
      replace(c, new Response(body, { status: 200, headers: new Headers(c.res.headers) }))
    }
    if (isKnown(c.req.header('if-none-match'), tag)) notModified(c)
  })
}

/**
 * All that decides on an answer beside the request. Phases follow the clock as well, which is the ledger's unless the chain stands still;
 * how much is known has its own pace.
 */
const stateOf = ({ ledger, revision, verifiedLedger, whole, now, records }: Freshness): string =>
  [ledger, revision, verifiedLedger, whole, now, records?.contract, records?.verifiedLedger].join(' ')

function again(c: Context<AppEnv>, { body, tag, headers }: KeptAnswer): Response {
  if (!isKnown(c.req.header('if-none-match'), tag)) return c.body(body, 200, headers)
  const { 'content-type': _, ...rest } = headers
  return c.body(null, 304, rest)
}

/** What the client has is compared weakly (RFC 9110, 13.1.2): the same state, whatever the bytes. */
export function isKnown(given: string | undefined, tag: string): boolean {
  if (given === undefined) return false
  const weak = (one: string) => one.trim().replace(/^W\//, '')
  return given.trim() === '*' || given.split(',').some((one) => weak(one) === weak(tag))
}

function notModified(c: Context<AppEnv>): void {
  void c.res.body?.cancel()
  const headers = new Headers(c.res.headers)
  for (const name of ['content-type', 'content-length', 'content-disposition']) headers.delete(name)
  replace(c, new Response(null, { status: 304, headers }))
}

/** Hono keeps the headers of the answer that is replaced, unless there is none. */
function replace(c: Context<AppEnv>, response: Response): void {
  c.res = undefined as never
  c.res = response
}
