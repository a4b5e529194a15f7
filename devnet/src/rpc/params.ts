/** Reads a method's parameters, with the official server's errors. */
import { invalidParams, invalidRequest, undecodable } from '../errors.ts'

export type Params = Record<string, unknown>

/** Parameters by name; positional ones are not used by any client of this interface. */
export function paramsOf(params: unknown): Params {
  if (params === undefined || params === null) return {}
  if (typeof params !== 'object' || Array.isArray(params)) throw undecodable('parameters must be an object')
  return params as Params
}

export function text(params: Params, name: string): string | undefined {
  const value = params[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw undecodable(`${name} must be a string`)
  return value
}

export function count(params: Params, name: string): number {
  const value = params[name]
  if (value === undefined || value === null) return 0
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 0xffffffff) {
    throw undecodable(`${name} must be an unsigned integer`)
  }
  return value
}

export function list(params: Params, name: string): unknown[] {
  const value = params[name]
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw undecodable(`${name} must be a list`)
  return value
}

/** Bytes in base64, or `undefined` when the text is not that. */
export function base64(value: unknown): Buffer | undefined {
  if (typeof value !== 'string' || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) return undefined
  return Buffer.from(value, 'base64')
}

/** Refuses a format that does not exist. */
export function checkFormat(params: Params): void {
  const fault = faultyFormat(params)
  if (fault !== undefined) throw invalidParams(fault)
}

/** What is wrong with the format that is asked for, if anything. */
export function faultyFormat(params: Params): string | undefined {
  const format = text(params, 'xdrFormat') ?? ''
  if (format === '' || format === 'base64' || format === 'json') return undefined
  return `got '${format}': expected base64, json for optional 'xdrFormat'`
}

/** Cursor and limit of a page; 0 when no limit is given. */
export function pageOf(
  params: Params,
  maximum: number,
  refuse = invalidParams,
): { cursor: string | undefined; limit: number } {
  const page = paramsOf(params.pagination)
  const limit = count(page, 'limit')
  if (limit > maximum) throw refuse(`limit must not exceed ${maximum}`)
  return { cursor: text(page, 'cursor') || undefined, limit }
}

/** A page that starts at a ledger or at a cursor, as two methods have it. */
export function ledgerPage(params: Params, maximum: number, oldest: number, latest: number) {
  const startLedger = count(params, 'startLedger')
  const page = pageOf(params, maximum, invalidRequest)
  if (page.cursor === undefined) {
    if (startLedger < oldest || startLedger > latest) {
      throw invalidRequest(
        `start ledger (${startLedger}) must be between the oldest ledger: ${oldest} and the latest ledger: ${latest} for this rpc instance`,
      )
    }
  } else if (startLedger !== 0) {
    throw invalidRequest(`startLedger (${startLedger}) and cursor (${page.cursor}) cannot both be set`)
  }
  return { ...page, startLedger }
}
