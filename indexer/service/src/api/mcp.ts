/**
 * The API by the Model Context Protocol, at /mcp: a tool for each resource that the OpenAPI document describes, which asks that resource
 * as any client would, with its limits. It reads, and nothing else.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { createMcpHandler, Server } from '@modelcontextprotocol/server'
import type { Context } from 'hono'
import type { AppEnv } from './context.ts'
import { type Document, inlined, type Read, readsOf } from './described.ts'
import { operationId } from './document.ts'

type Json = { [key: string]: JsonValue }
type JsonValue = string | number | boolean | null | Json | JsonValue[]

type Tool = {
  name: string
  description: string
  inputSchema: { type: 'object'; properties: Json; required: string[]; additionalProperties: false }
  annotations: { readOnlyHint: true; openWorldHint: false }
}

/** Asks the API itself. */
export type Ask = (path: string) => Promise<Response>

/** Tools have the names of the operations that they ask. */
const nameOf = (path: string): string => operationId('get', path)

function toolOf({ path, about, parameters }: Read, document: Document): Tool {
  const properties = parameters.map(({ name, description, schema }) => [
    name,
    { ...(inlined(schema ?? {}, document) as Json), ...(description !== undefined && { description }) },
  ])
  return {
    name: nameOf(path),
    description: about,
    inputSchema: {
      type: 'object',
      properties: Object.fromEntries(properties),
      required: parameters.filter(({ required }) => required).map(({ name }) => name),
      additionalProperties: false,
    },
    annotations: { readOnlyHint: true, openWorldHint: false },
  }
}

/** Where a tool's arguments lead. Whether they are right, the API says. @returns null: out of the tool's path */
function urlOf({ path, parameters }: Read, given: Readonly<Record<string, unknown>>): string | null {
  const inPath = new Set(parameters.filter((one) => one.in === 'path').map(({ name }) => name))
  // A URL leaves such a part out, together with the one before it.
  if ([...inPath].some((name) => /^\.{0,2}$/.test(String(given[name] ?? '')))) return null
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(given[name] ?? '')))
  const query = Object.entries(given).filter(
    ([name, value]) => !inPath.has(name) && value !== undefined && value !== null,
  )
  const search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, String(value)]))
  return search.size > 0 ? `${filled}?${search}` : filled
}

export function createMcp(documentOf: () => Document, version: string) {
  let known: { tools: Tool[]; reads: Map<string, Read> } | undefined
  const resources = () => {
    if (known) return known
    const document = documentOf()
    const reads = readsOf(document)
    known = {
      tools: reads.map((read) => toolOf(read, document)),
      reads: new Map(reads.map((read) => [nameOf(read.path), read])),
    }
    return known
  }
  const asking = new AsyncLocalStorage<Ask>()

  function createServer(): Server {
    const server = new Server(
      { name: 'stellartrain-indexer', version },
      {
        capabilities: { tools: {} },
        instructions: 'Reads StellarTrain’s index of challenges on Stellar. Amounts are in base units.',
      },
    )
    server.setRequestHandler('tools/list', () => ({ tools: resources().tools }))
    server.setRequestHandler('tools/call', async ({ params }) => {
      const read = resources().reads.get(params.name)
      const ask = asking.getStore()
      if (!read || !ask) return refusal(`There is no tool ${params.name}.`)
      const given = params.arguments ?? {}
      const nested = Object.keys(given).find((name) => typeof given[name] === 'object' && given[name] !== null)
      if (nested !== undefined) return refusal(`${nested} must be text or a number.`)
      const url = urlOf(read, given)
      if (url === null) return refusal(`${params.name} needs ${read.path.match(/\w+(?=\})/g)?.join(' and ')}.`)
      const answer = await ask(url)
      const text = await answer.text()
      if (!answer.ok) return refusal(text)
      return { content: [{ type: 'text', text }], structuredContent: JSON.parse(text) as Record<string, unknown> }
    })
    return server
  }

  // Nothing that it offers changes while it runs: there is nothing to subscribe to.
  const handler = createMcpHandler(createServer, { maxRequestBodySize: 100_000, maxSubscriptions: 16 })
  return (c: Context<AppEnv>, ask: Ask): Promise<Response> => asking.run(ask, () => handler.fetch(c.req.raw))
}

const refusal = (text: string) => ({ isError: true, content: [{ type: 'text' as const, text }] })
