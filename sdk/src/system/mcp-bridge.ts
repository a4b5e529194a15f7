/**
 * The API's MCP server for clients that start a process and speak to it on stdin and stdout: each line is sent to `/mcp` as it is, and
 * what that answers is written as it is. So there are the same tools, with the same limits.
 */
import { endpoint } from '@stellartrain/ipfs-content/endpoint'
import { EventSourceParserStream } from 'eventsource-parser/stream'

/** JSON-RPC's code for what the server itself could not do. */
const SERVER_ERROR = -32_000
const PARSE_ERROR = -32_700

type Message = { id?: string | number | null; method?: string }

export type McpBridge = {
  /** Messages as text, one each. */
  lines: AsyncIterable<string>
  /** Writes one message, without its end of line. */
  write: (message: string) => void
  /** Of the indexer's API. */
  apiUrl: string
  signal: AbortSignal
  fetch?: typeof fetch
}

/** Until the lines end, and every request of theirs is answered. What fails is an answer, too: never rejects. */
export async function bridgeMcp({ lines, write, apiUrl, signal, fetch: send = fetch }: McpBridge): Promise<void> {
  const url = endpoint(apiUrl, '/mcp')
  const running = new Set<Promise<void>>()
  /** What client and server agreed on; requests behind the first one name it. */
  let version: string | undefined

  async function pass(line: string): Promise<void> {
    const message = parsed(line)
    if (!message) return write(refusal(null, PARSE_ERROR, 'A message is one JSON object in one line.'))
    try {
      const response = await send(url, {
        method: 'POST',
        headers: {
          ...{ 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
          ...(version !== undefined && { 'mcp-protocol-version': version }),
        },
        body: line,
        signal,
      })
      if (!response.ok) throw new Error(await detailOf(response))
      for await (const answer of answersOf(response)) {
        if (message.method === 'initialize') version ??= versionIn(answer)
        write(answer)
      }
    } catch (error) {
      // Nobody waits for the answer to a notification.
      if (message.id === undefined || signal.aborted) return
      const why = error instanceof TypeError ? `The API at ${apiUrl} does not answer.` : (error as Error).message
      write(refusal(message.id, SERVER_ERROR, why))
    }
  }

  for await (const line of lines) {
    if (line.trim() === '') continue
    const one = pass(line).finally(() => running.delete(one))
    running.add(one)
  }
  await Promise.all(running)
}

function parsed(line: string): Message | null {
  try {
    const message: unknown = JSON.parse(line)
    return typeof message === 'object' && message !== null ? (message as Message) : null
  } catch {
    return null
  }
}

/** One message, or those of a stream; none for a notification. */
async function* answersOf(response: Response): AsyncGenerator<string> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream') && response.body) {
    const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
    for await (const { data } of events) if (data !== '') yield oneLine(data)
    return
  }
  const text = await response.text()
  if (text !== '') yield oneLine(text)
}

/** JSON has line ends only between its parts. */
const oneLine = (json: string): string => json.replaceAll(/[\r\n]+/g, ' ')

function versionIn(answer: string): string | undefined {
  const { result } = JSON.parse(answer) as { result?: { protocolVersion?: string } }
  return result?.protocolVersion
}

/** Of a problem document, if it is one. */
async function detailOf(response: Response): Promise<string> {
  const text = await response.text()
  try {
    const { detail, error } = JSON.parse(text) as { detail?: string; error?: { message?: string } }
    return detail ?? error?.message ?? `The API answered with ${response.status}.`
  } catch {
    return `The API answered with ${response.status}.`
  }
}

const refusal = (id: Message['id'], code: number, message: string): string =>
  JSON.stringify({ jsonrpc: '2.0', id: id ?? null, error: { code, message } })
