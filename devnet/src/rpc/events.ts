/** getEvents: filters, pages and cursors as the official server has them. */
import { lastIdOf, ledgerOfCursor, normalCursor } from '../cursor.ts'
import { invalidParams, invalidRequest } from '../errors.ts'
import type { DevnetNode } from '../node.ts'
import type { EventRow } from '../record.ts'
import { isContract } from '../strkey.ts'
import { base64, checkFormat, count, list, type Params, pageOf, paramsOf, text } from './params.ts'

const SCAN_LIMIT = 10_000
const MAX_LIMIT = 10_000
const DEFAULT_LIMIT = 100
const MAX_TOPICS = 4

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
  const filters = readFilters(list(params, 'filters'))
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

function readFilters(values: unknown[]): Filter[] {
  if (values.length > 5) throw invalidParams('maximum 5 filters per request')
  return values.map((value, index) => {
    try {
      return readFilter(paramsOf(value))
    } catch (error) {
      throw invalidParams(`filter ${index + 1} invalid: ${error instanceof Error ? error.message : error}`)
    }
  })
}

function readFilter(filter: Params): Filter {
  const types = (text(filter, 'type') ?? '').split(',').filter((type) => type !== '')
  if (types.some((type) => type !== 'system' && type !== 'contract')) {
    throw invalidParams("filter type invalid: if set, type must be either 'system' or 'contract'")
  }
  const contractIds = list(filter, 'contractIds').map(String)
  if (contractIds.length > 5) throw invalidParams('maximum 5 contract IDs per filter')
  const topics = list(filter, 'topics')
  if (topics.length > 5) throw invalidParams('maximum 5 topics per filter')
  contractIds.forEach((id, index) => {
    if (!isContract(id)) throw invalidParams(`contract ID ${index + 1} invalid`)
  })
  return { types, contractIds, topics: topics.map(readTopic) }
}

function readTopic(value: unknown, index: number): string[] {
  const refuse = (why: string) => invalidParams(`topic ${index + 1} invalid: ${why}`)
  if (!Array.isArray(value) || value.length < 1) throw refuse('topic must have at least 1 segment')
  const segments = value.map(String)
  const exact = segments.at(-1) === '**' ? segments.slice(0, -1) : segments
  const misplaced = exact.indexOf('**')
  if (misplaced >= 0)
    throw refuse(`segment ${misplaced + 1} invalid: wildcard '**' is only allowed as the last segment`)
  if (exact.length > MAX_TOPICS) throw refuse(`topic cannot have more than ${MAX_TOPICS} segments`)
  for (const [at, segment] of exact.entries()) {
    const bytes = segment === '*' ? undefined : base64(segment)
    if (segment !== '*' && (!bytes || bytes.length < 4))
      throw refuse(`segment ${at + 1} invalid: not an ScVal in base64`)
  }
  return segments
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
