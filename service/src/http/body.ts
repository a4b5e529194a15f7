/** The body of a request, piece by piece. */
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

/**
 * As Node hands it over, without the streams of the web in between, which copy each piece; left unread where the reader stops, so that
 * the answer still finds its connection. Nothing where there is no body.
 */
export function arrivingBody(c: Context): AsyncIterable<Uint8Array> {
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>
  if (incoming && 'iterator' in incoming)
    return { [Symbol.asyncIterator]: () => incoming.iterator({ destroyOnReturn: false }) }
  return c.req.raw.body ?? nothing()
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
