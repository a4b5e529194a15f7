/**
 * A list of the API, described once: its path, what it takes, what its rows are. From that come its pages, its CSV and Parquet files
 * and its part of the OpenAPI document; page tokens, counts, links and snapshots are the same for all.
 */
import { z } from '@hono/zod-openapi'
import { headersOf } from '@stellartrain/service'
import type { Context } from 'hono'
import type { AppDeps, AppEnv, Reads } from '../context.ts'
import type { Columns } from '../export/columns.ts'
import type { Exports } from '../export/export.ts'
import { markHeaders } from '../export/marks.ts'
import { negotiate } from '../negotiate.ts'
import { metaOf } from '../read/freshness.ts'
import { createRouter, get, notFound } from '../router.ts'
import { MOST_ROWS, paging, USUAL_ROWS } from '../schemas/common.ts'
import { type Page, readPage, type Window } from './window.ts'

/** What a request for a list brings: its snapshot, its path and its filters. */
export type Asked<Params, Query> = Reads & { params: Params; query: Query }

/** A list as one request asks for it. */
export type Source<Row, Item> = {
  /** Names the order: a token of another order is refused. */
  order: string
  /** At most `limit` rows, the nearest to the window's position first. */
  rows(window: Window): Promise<Row[]>
  /** Sort keys as text, in the order's sequence. */
  keyOf(row: Row): readonly string[]
  show(rows: Row[]): Promise<Item[]>
  /** The same as JSON, for rows that hold what they show as JSON. */
  json?(rows: Row[]): string
  count(): Promise<number>
}

export type ListSpec<Params extends z.ZodObject, Query extends z.ZodRawShape, Row, Item> = {
  /** Bound into its page tokens; names its files. */
  name: string
  path: string
  tags: string[]
  summary: string
  description?: string
  params: Params
  /** Filters and order; paging is added. */
  query: Query
  /** What its files take, if they have another order of their own. */
  fileQuery?: Query
  page: z.ZodType
  /** With columns it can be had as CSV and Parquet. */
  columns?: Columns<Item>
  /** Takes tokens that are a sort key as it is, for lists that promise so; such a list's `next` is one. */
  plainCursor?(cursor: string): string[] | null
  /** What its other forms are. */
  formsAbout?: string
  /** Other forms that it can be had in, by media type. */
  forms?: Record<
    string,
    (c: Context<AppEnv>, query: z.infer<z.ZodObject<Query>> & { cursor?: string }) => Promise<Response>
  >
  /** There may be no such list here, though its path has no parameters. */
  mayLack?: boolean
  /** Whether a page asks for little more than its rows, by an index, and sets nothing in its transaction. */
  light?: boolean
  /** Looks whether there is such a list. @throws ApiError */
  open(asked: Asked<z.infer<Params>, z.infer<z.ZodObject<Query>>>): Promise<Source<Row, Item>>
}

export const NO_PARAMS = z.object({})

/** What was, and what words find, takes more than a page's rows. */
const HEAVY = ['at_ledger', 'q']

const JSON_TYPE = 'application/json'
const CSV = 'text/csv'
const PARQUET = 'application/vnd.apache.parquet'

type Given = { cursor?: string; limit?: number; count?: 'true' | 'false' } & Record<string, unknown>

export function listRoutes<Params extends z.ZodObject, Query extends z.ZodRawShape, Row, Item>(
  deps: AppDeps,
  exports: Exports,
  spec: ListSpec<Params, Query, Row, Item>,
) {
  const { name, path, tags, summary, params, query, columns } = spec
  const router = createRouter()
  const text = z.string()
  const hasParams = Object.keys(params.shape).length > 0
  const lacking = spec.mayLack || hasParams ? notFound : {}
  const forms = Object.keys(spec.forms ?? {})
  const others = Object.fromEntries(forms.map((type) => [type, { schema: text }]))
  const files = columns ? { [CSV]: { schema: text }, [PARQUET]: { schema: text.openapi({ format: 'binary' }) } } : {}
  const described = {
    tags,
    ...(hasParams && { params }),
    ...(spec.description !== undefined && { description: spec.description }),
  }
  // Of the answer, not of the list: other descriptions of the list have one form.
  const answered = [
    summary,
    spec.formsAbout,
    columns &&
      'With `Accept: text/csv` or `application/vnd.apache.parquet` a file: of all rows, or of `limit` rows if it is given.',
  ]
  const list = get({
    ...described,
    path,
    summary,
    query: { ...paging, ...query } as z.ZodRawShape,
    responses: {
      200: {
        description: answered.filter(Boolean).join(' '),
        ...(columns && { headers: markHeaders }),
        content: { [JSON_TYPE]: { schema: spec.page }, ...files, ...others },
      },
      ...lacking,
    },
  })

  function given(c: Context<AppEnv>) {
    const valid = (part: string) => c.req.valid(part as never) as Record<string, unknown>
    const { cursor, limit, count, ...filter } = valid('query') as Given
    return { params: hasParams ? valid('param') : {}, cursor, limit, count, filter }
  }

  async function open({ db, fresh }: Reads, { params, filter }: ReturnType<typeof given>) {
    const source = await spec.open({ db, fresh, params, query: filter } as unknown as Asked<z.infer<Params>, never>)
    const scope = { list: `${name} ${Object.values(params).join('/')}`, order: source.order, filter }
    const { keyOf, rows } = source
    const plain = spec.plainCursor
    const page = (at: string | undefined, most: number): Promise<Page<Row>> =>
      readPage<Row>({ key: fresh.cursorKey, scope, cursor: at, limit: most, keyOf, rows, ...(plain && { plain }) })
    return { source, page }
  }

  async function file(c: Context<AppEnv>, form: 'csv' | 'parquet'): Promise<Response> {
    const asked = given(c)
    const { cursor, limit } = asked
    // The first page is read before the answer begins, so that trouble is told as trouble.
    const { source, page, first, meta } = await c.var.snapshot.read(async (reads) => {
      const opened = await open(reads, asked)
      const first = await opened.page(cursor, Math.min(limit ?? MOST_ROWS, MOST_ROWS))
      return { ...opened, first, meta: metaOf(reads.fresh, deps) }
    })
    let next: Page<Row> | null = first
    async function* read(): AsyncGenerator<Item[]> {
      while (next) {
        const { rows, next: at }: Page<Row> = next
        next = null
        yield await source.show(rows)
        if (at !== null && limit === undefined) next = await page(at, MOST_ROWS)
      }
    }
    if (limit !== undefined) link(c, next)
    return exports.send(c, form, `${name}.${form}`, columns!, read(), meta)
  }

  router.openapi(list, async (c): Promise<never> => {
    const form = columns ? negotiate(c, [JSON_TYPE, CSV, PARQUET, ...forms]) : JSON_TYPE
    const other = spec.forms?.[form]
    if (other) return (await other(c, c.req.valid('query' as never) as never)) as never
    if (form !== JSON_TYPE) return (await file(c, form === CSV ? 'csv' : 'parquet')) as never
    const asked = given(c)
    const snapshot = c.get('snapshot')
    const { filter } = asked
    // What others wait for is short.
    const together = spec.light === true && asked.count !== 'true' && !HEAVY.some((one) => filter[one] !== undefined)
    const { answer, json } = await snapshot.read(
      async (reads) => {
        const { source, page } = await open(reads, asked)
        const counted = asked.count === 'true' ? source.count() : null
        counted?.catch(() => {})
        const { rows, next, prev } = await page(asked.cursor, asked.limit ?? USUAL_ROWS)
        const json = source.json?.(rows)
        const data = json === undefined ? await source.show(rows) : []
        return { json, answer: { data, next, prev, count: await counted, _meta: metaOf(reads.fresh, deps) } }
      },
      { together },
    )
    link(c, answer)
    return snapshot.send(answer, json === undefined ? undefined : withData(answer, json)) as never
  })
  if (!columns) return router

  for (const [form, type] of [
    ['csv', CSV],
    ['parquet', PARQUET],
  ] as const) {
    const { cursor: _, count: __, ...rest } = paging
    const route = get({
      ...{
        tags,
        ...(hasParams && { params }),
        path: `${path}.${form}`,
        summary: `${summary} As ${form === 'csv' ? 'CSV' : 'Parquet'}.`,
      },
      query: { limit: rest.limit, ...(spec.fileQuery ?? query) } as z.ZodRawShape,
      responses: {
        200: {
          description: summary,
          headers: markHeaders,
          content: { [type]: { schema: form === 'csv' ? text : text.openapi({ format: 'binary' }) } },
        },
        ...lacking,
      },
    })
    router.openapi(route, async (c): Promise<never> => (await file(c, form)) as never)
  }
  return router
}

/** A page as JSON, with rows that are JSON. */
function withData({ data: _, ...rest }: { data: unknown }, json: string): string {
  return `{"data":${json},${JSON.stringify(rest).slice(1)}`
}

/** Where the neighboring pages are (RFC 8288), for clients that follow links. */
function link(c: Context<AppEnv>, { next, prev }: { next: string | null; prev: string | null }): void {
  if (next === null && prev === null) return
  const { url, path } = c.req
  const asked = url.indexOf('?')
  const to = (rel: string, cursor: string) => {
    if (asked === -1) return `<${path}?cursor=${cursor}>; rel="${rel}"`
    const query = new URLSearchParams(url.slice(asked))
    query.set('cursor', cursor)
    return `<${path}?${query}>; rel="${rel}"`
  }
  const links = []
  if (next !== null) links.push(to('next', next))
  if (prev !== null) links.push(to('prev', prev))
  headersOf(c).link = links.join(', ')
}
