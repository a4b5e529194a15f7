/** getEvents: filters, pages and cursors as the official server has them. */

import type { DevnetNode } from '../chain/node.ts'
import { DevnetError, invalidParams, invalidRequest, undecodable } from '../errors.ts'
import { lastIdOf, ledgerOfCursor, normalCursor } from '../history/cursor.ts'
import type { EventRow } from '../history/record.ts'
import { isContract } from '../strkey.ts'
import { base64, checkFormat, count, list, type Params, pageOf, paramsOf, text } from './params.ts'

const SCAN_LIMIT = 10_000
const MAX_LIMIT = 10_000
const DEFAULT_LIMIT = 100
const MAX_TOPICS = 4
/** The last kind of ScVal (an executable's tag). */
const LAST_TYPE = 22

interface Filter {
  types: string[]
  contractIds: string[]
  topics: string[][]
}

export function getEvents(node: DevnetNode, params: Params) {
  checkFormat(params)
  const { cursor, limit: asked } = pageOf(params, MAX_LIMIT)
  const [startLedger, endLedger] = [count(params, 'startLedger'), count(params, 'endLedger')]
  if (cursor !== undefined) {
    if (startLedger !== 0 || endLedger !== 0) throw invalidParams('ledger ranges and cursor cannot both be set')
  } else if (startLedger === 0) {
    throw invalidParams('startLedger must be positive')
  }
  const filters = readFilters(node, list(params, 'filters'))
  const { first, last } = node.history
  const start = cursor === undefined ? startLedger : ledgerOfCursor(cursor)
  if (start === undefined) throw invalidParams(`invalid event id ${cursor}`)
  if (start < first.sequence || start > last.sequence) {
    throw invalidRequest(`startLedger must be within the ledger range: ${first.sequence} - ${last.sequence}`)
  }
  const end = Math.min(endLedger || Number.POSITIVE_INFINITY, last.sequence + 1, start + SCAN_LIMIT)
  const limit = asked || DEFAULT_LIMIT
  const found: EventRow[] = []
  // An id ends its ledger; the one before `end` ends the window.
  const after = cursor === undefined ? lastIdOf(start - 1) : normalCursor(cursor)
  const before = lastIdOf(end - 1)
  for (const event of node.history.events(after, before)) {
    if (matches(filters, event) && found.push(event) >= limit) break
  }
  return {
    events: found.map(eventJson),
    cursor: found.length === limit ? found.at(-1)!.id : before,
    latestLedger: last.sequence,
    oldestLedger: first.sequence,
    latestLedgerCloseTime: String(last.closeTime),
    oldestLedgerCloseTime: String(first.closeTime),
  }
}

function eventJson(event: EventRow) {
  return {
    type: event.type,
    ledger: event.ledger,
    ledgerClosedAt: new Date(event.closeTime * 1000).toISOString().replace('.000Z', 'Z'),
    contractId: event.contractId,
    id: event.id,
    operationIndex: event.operationIndex,
    transactionIndex: event.transactionIndex,
    txHash: event.transactionHash,
    inSuccessfulContractCall: event.successful,
    topic: event.topics,
    value: event.value,
  }
}

function readFilters(node: DevnetNode, values: unknown[]): Filter[] {
  // What cannot be decoded is found before anything is checked.
  const filters = values.map((value) => decoded(node, paramsOf(value)))
  if (filters.length > 5) throw invalidParams('maximum 5 filters per request')
  filters.forEach((filter, index) => {
    const fault = faultOf(filter)
    if (fault !== undefined) throw invalidParams(`filter ${index + 1} invalid: ${fault}`)
  })
  return filters
}

function decoded(node: DevnetNode, filter: Params): Filter {
  return {
    types: (text(filter, 'type') ?? '').split(',').filter((type) => type !== ''),
    contractIds: list(filter, 'contractIds').map((id) => textIn('contractIds', id)),
    topics: list(filter, 'topics').map((topic) => {
      if (!Array.isArray(topic)) throw undecodable('topics must be lists of segments')
      return topic.map((segment) => readSegment(node, textIn('topics', segment)))
    }),
  }
}

function textIn(name: string, value: unknown): string {
  if (typeof value !== 'string') throw undecodable(`${name} must hold strings`)
  return value
}

/** A wildcard, or a value in the one form in which events have it. */
function readSegment(node: DevnetNode, segment: string): string {
  if (segment === '*' || segment === '**') return segment
  const bytes = base64(segment)
  if (!bytes || bytes.length < 4) throw undecodable(`decoding ScValType: '${segment}' is not an ScVal in base64`)
  try {
    node.json('ScVal', bytes)
  } catch (error) {
    if (!(error instanceof DevnetError && error.code === 'HOST_REFUSED')) throw error
    const type = bytes.readInt32BE()
    if (type >= 0 && type <= LAST_TYPE) throw undecodable(`decoding ScVal: ${error.message}`)
    throw undecodable(`decoding ScValType: '${type}' is not a valid ScValType enum value`)
  }
  return bytes.toString('base64')
}

function faultOf({ types, contractIds, topics }: Filter): string | undefined {
  if (types.some((type) => type !== 'system' && type !== 'contract')) {
    return "filter type invalid: if set, type must be either 'system' or 'contract'"
  }
  if (contractIds.length > 5) return 'maximum 5 contract IDs per filter'
  if (topics.length > 5) return 'maximum 5 topics per filter'
  const bad = contractIds.findIndex((id) => !isContract(id))
  if (bad >= 0) return `contract ID ${bad + 1} invalid`
  for (const [index, topic] of topics.entries()) {
    const fault = faultOfTopic(topic)
    if (fault !== undefined) return `topic ${index + 1} invalid: ${fault}`
  }
  return undefined
}

function faultOfTopic(segments: string[]): string | undefined {
  if (segments.length < 1) return 'topic must have at least 1 segment'
  const exact = segments.at(-1) === '**' ? segments.slice(0, -1) : segments
  const misplaced = exact.indexOf('**')
  if (misplaced >= 0) return `segment ${misplaced + 1} invalid: wildcard '**' is only allowed as the last segment`
  return exact.length > MAX_TOPICS ? `topic cannot have more than ${MAX_TOPICS} segments` : undefined
}

const matches = (filters: Filter[], event: EventRow): boolean =>
  filters.length === 0 || filters.some((filter) => matchesFilter(filter, event))

function matchesFilter({ types, contractIds, topics }: Filter, event: EventRow): boolean {
  if (types.length > 0 && !types.includes(event.type)) return false
  if (contractIds.length > 0 && !contractIds.includes(event.contractId)) return false
  return topics.length === 0 || topics.some((topic) => matchesTopic(topic, event.topics))
}

function matchesTopic(filter: string[], topics: string[]): boolean {
  const open = filter.at(-1) === '**'
  const segments = open ? filter.slice(0, -1) : filter
  if (open ? topics.length < segments.length : topics.length !== segments.length) return false
  return segments.every((segment, index) => segment === '*' || segment === topics[index])
}
