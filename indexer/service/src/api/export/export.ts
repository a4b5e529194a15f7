/**
 * Files of whole lists, written as they are read, out of one snapshot. A snapshot is a connection of the database, so exports are
 * few at once, and one whose reader has stalled gives way to the next.
 */
import { createPlaces } from '@stellartrain/service'
import type { Context } from 'hono'
import type { AppEnv } from '../context.ts'
import { ApiError } from '../problem.ts'
import type { Meta } from '../types.ts'
import type { Columns } from './columns.ts'
import { csvHead, csvLine } from './csv.ts'
import { headersOf, keyValuesOf } from './marks.ts'
import { parquet } from './parquet.ts'

export type Exports = {
  send<Row>(
    c: Context<AppEnv>,
    form: 'csv' | 'parquet',
    file: string,
    columns: Columns<Row>,
    pages: AsyncGenerator<Row[]>,
    meta: Meta,
  ): Promise<Response>
}

const AT_ONCE = 3
const MOST_MS = 300_000
/** Without anybody taking the next piece. */
const STALLED_MS = 30_000

const busy = () =>
  new ApiError(
    'too_many_exports',
    'Too many files are being written at once. Retry in a few seconds, or read pages.',
    [],
    {
      'retry-after': '10',
    },
  )

/** @param clientOf whose places count together: one who reads several files gives way to one who reads none; default: no one is known */
export function createExports(clientOf: (c: Context<AppEnv>) => string = () => ''): Exports {
  const places = createPlaces({ atOnce: AT_ONCE, refusal: busy })
  return {
    async send(c, form, file, columns, pages, meta) {
      const { snapshot } = c.var
      const known = snapshot.tag(`-${form}`)
      if (known) return c.body(null, 304, headersOf(meta))
      const headers = {
        'content-type': form === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.apache.parquet',
        'content-disposition': `attachment; filename="${file}"`,
        ...headersOf(meta),
      }
      // Nobody reads its body: nothing may be held for it.
      if (c.req.method === 'HEAD') return c.body(null, 200, headers)
      const place = places.take(clientOf(c))
      if (!place) throw busy()
      const { promise: over, resolve: end } = Promise.withResolvers<void>()
      snapshot.hold(over)
      const chunks = form === 'csv' ? csvChunks(columns, pages) : parquet(columns, pages, keyValuesOf(meta))
      const until = AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(MOST_MS)])
      const done = () => {
        place.free()
        end()
      }
      return c.body(place.through(bodyOf(chunks, until, done)), 200, headers)
    },
  }
}

async function* csvChunks<Row>(columns: Columns<Row>, pages: AsyncIterable<Row[]>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(csvHead(columns))
  for await (const page of pages) yield encoder.encode(page.map((row) => csvLine(columns, row)).join(''))
}

/** Reads on only as far as somebody takes it. `done` is called once, however it ends. */
function bodyOf(chunks: AsyncGenerator<Uint8Array>, until: AbortSignal, done: () => void): ReadableStream<Uint8Array> {
  let over = false
  const finish = () => {
    if (over) return
    over = true
    clearTimeout(stalled)
    until.removeEventListener('abort', finish)
    void chunks.return(undefined).catch(() => {})
    done()
  }
  const stalled = setTimeout(finish, STALLED_MS)
  until.addEventListener('abort', finish)
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        stalled.refresh()
        try {
          const next = over ? undefined : await chunks.next()
          if (over) throw new Error('the export took too long, or its reader is gone')
          if (next && !next.done) return controller.enqueue(next.value)
          finish()
          controller.close()
        } catch (error) {
          finish()
          controller.error(error)
        }
      },
      cancel: finish,
    },
    { highWaterMark: 0 },
  )
}
