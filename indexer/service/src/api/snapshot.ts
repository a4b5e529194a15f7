/**
 * One answer, one snapshot: whatever statements an answer is made of read the same state, that of the ledger its `_meta` names. Tags
 * answers with that state, and answers 304 to whoever has it already.
 */
import { createMiddleware } from 'hono/factory'
import type { AppDeps, AppEnv } from './context.ts'
import { createWhole, readFreshness } from './read/freshness.ts'

export function snapshot({ db, now }: Pick<AppDeps, 'db' | 'now'>) {
  const whole = createWhole()
  return createMiddleware<AppEnv>(async (c, next) => {
    const reading = await db
      .startTransaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute()
    try {
      const fresh = await readFreshness(reading, now(), whole)
      c.set('db', reading)
      c.set('fresh', fresh)
      c.set('hold', null)
      // Phases follow the clock as well, which is the ledger's unless the chain stands still.
      c.set('tag', (form) => `W/"${fresh.ledger}-${fresh.revision}-${fresh.now}${form}"`)
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
    if (isKnown(c.req.header('if-none-match'), tag)) notModified(c.res, (answer) => (c.res = answer))
  })
}

/** What the client has is compared weakly (RFC 9110, 13.1.2): the same state, whatever the bytes. */
export function isKnown(given: string | undefined, tag: string): boolean {
  if (given === undefined) return false
  const weak = (one: string) => one.trim().replace(/^W\//, '')
  return given.trim() === '*' || given.split(',').some((one) => weak(one) === weak(tag))
}

function notModified(whole: Response, answer: (response: Response) => void): void {
  void whole.body?.cancel()
  const headers = new Headers(whole.headers)
  for (const name of ['content-type', 'content-length', 'content-disposition']) headers.delete(name)
  // Hono keeps the headers of the answer that is replaced, unless there is none.
  answer(undefined as never)
  answer(new Response(null, { status: 304, headers }))
}
