/** Follows the contract's events as they happen, by server-sent events: `npx node examples/follow-events.ts [COUNT [AFTER]]`. */
import { readFileSync } from 'node:fs'
import { EventSourceParserStream } from 'eventsource-parser/stream'

const count = Number(process.argv[2] ?? Number.POSITIVE_INFINITY)
const home = process.env.STELLARTRAIN_HOME ?? '.stellartrain'
const { apiUrl } = JSON.parse(readFileSync(`${home}/config.json`, 'utf8')) as { apiUrl: string }

let seen = 0
// The stream resumes after this event; without one it starts with what comes next. An id of zeros is before all events.
let last = process.argv[3]
while (seen < count) {
  const headers = { accept: 'text/event-stream', ...(last ? { 'last-event-id': last } : {}) }
  const response = await fetch(`${apiUrl}/v1/events`, { headers })
  if (!response.ok || !response.body) throw new Error(`The API answered ${response.status}.`)
  const messages = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
  for await (const { id, event, data } of messages) {
    last = id
    const { ledger, challenge } = JSON.parse(data) as { ledger: number; challenge: number | null }
    console.log(`ledger ${ledger}: ${event}${challenge === null ? '' : ` in challenge ${challenge}`}`)
    seen += 1
    if (seen >= count) break
  }
}
