/** The OpenAPI document as other descriptions are made of it: the tools of the MCP server, and `llms.txt`. */

type Schema = Record<string, unknown>
type Parameter = { name: string; in: string; required?: boolean; description?: string; schema?: Schema }
type Operation = {
  tags?: string[]
  summary?: string
  description?: string
  security?: unknown
  parameters?: Parameter[]
  responses: Record<string, { content?: Record<string, unknown> }>
}

export type Document = {
  info: { title: string; description?: string }
  paths: Record<string, { get?: Operation }>
  components: { schemas: Record<string, Schema> }
}

export type Read = Required<Pick<Operation, 'parameters'>> & { path: string; tag: string; about: string }

/** Everything under /v1 that anybody may read as JSON. */
export function readsOf({ paths }: Document): Read[] {
  return Object.entries(paths).flatMap(([path, { get }]) => {
    const open = get && path.startsWith('/v1/') && get.security === undefined
    if (!open || !get.responses['200']?.content?.['application/json']) return []
    const { summary = '', description, tags = [], parameters = [] } = get
    return [{ path, tag: tags[0] ?? '', about: [summary, description].filter(Boolean).join(' '), parameters }]
  })
}

/** A schema that needs no document beside it. */
export function inlined(node: unknown, { components }: Pick<Document, 'components'>): unknown {
  if (Array.isArray(node)) return node.map((one) => inlined(one, { components }))
  if (typeof node !== 'object' || node === null) return node
  const { $ref, ...rest } = node as Schema
  const own = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, inlined(value, { components })]))
  if (typeof $ref !== 'string') return own
  const named = components.schemas[$ref.slice($ref.lastIndexOf('/') + 1)]
  return { ...(inlined(named, { components }) as Schema), ...own }
}
