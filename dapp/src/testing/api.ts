/** Answers of the index for component tests: what the pages ask for, by path. */
import { vi } from 'vitest'

/** `answers`: path without its query → body. Everything else is refused as not found. */
export function answerFrom(answers: () => Readonly<Record<string, unknown>>): void {
  vi.stubGlobal('fetch', async (asked: Request | string | URL) => {
    const { pathname } = new URL(asked instanceof Request ? asked.url : asked, 'http://127.0.0.1:9')
    const body = answers()[pathname]
    return Response.json(body ?? { detail: 'not found' }, { status: body === undefined ? 404 : 200 })
  })
}
