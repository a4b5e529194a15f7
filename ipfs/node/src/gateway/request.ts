/** What a request asks of the gateway: format, shape of an archive, conditions. Rules: the trustless and the path gateway's specifications. */
import { IpfsError } from '../errors.ts'

export const RAW_TYPE = 'application/vnd.ipld.raw'
export const CAR_TYPE = 'application/vnd.ipld.car'

export type CarShape = Readonly<{
  scope: 'block' | 'entity' | 'all'
  /** First and last byte; a negative one counts from the end, null is the end. Undefined: all. */
  bytes: { from: number; to: number | null } | undefined
  /** Whether a block is sent each time that it occurs. */
  dups: boolean
}>

export type Asked = { format: 'file' } | { format: 'raw' } | { format: 'car'; shape: CarShape }

/** Reads a query parameter or a header; undefined where it is not given. */
type Read = (name: string) => string | undefined

/** Whether the query said it, so that no other URL needs to be told. @throws IpfsError `not_supported`, `bad_request` */
export function readRequest(query: Read, header: Read): Asked & { byQuery: boolean } {
  const asked = query('format')
  if (asked !== undefined && asked !== 'raw' && asked !== 'car') throw notSupported()
  const accepted = asked === undefined ? acceptable(header('accept') ?? '') : undefined
  const format = asked ?? accepted!.format
  const byQuery = asked !== undefined
  if (format !== 'car') return { format, byQuery }
  const params = accepted?.params ?? carParams(header('accept') ?? '')
  return { format, shape: carShape(query, params), byQuery }
}

type Params = Readonly<Record<string, string>>
type Range = { type: string; params: Params; q: number }

/** Media ranges of an Accept header, the preferred one first. */
function rangesOf(accept: string): Range[] {
  return accept
    .split(',')
    .map((one) => {
      const [type = '', ...rest] = one.split(';').map((part) => part.trim())
      const pairs = rest.map((part) => part.split('=').map((side) => side.trim().replace(/^"|"$/g, '')))
      const params: Record<string, string> = {}
      for (const [name = '', value = ''] of pairs) params[name.toLowerCase()] = value
      const q = params.q === undefined ? 1 : Number(params.q)
      return { type: type.toLowerCase(), params, q: q >= 0 && q <= 1 ? q : 0 }
    })
    .filter(({ type, q }) => type !== '' && q > 0)
    .sort((one, other) => other.q - one.q)
}

/** Formats of blocks that are not served here: whoever asks for these alone must not get something else. */
const isOther = (type: string) => /^application\/(vnd\.ipld\.|vnd\.ipfs\.|x-tar$)/.test(type)

function acceptable(accept: string): { format: 'file' | 'raw' | 'car'; params: Params } {
  const ranges = rangesOf(accept)
  for (const { type, params } of ranges) {
    if (type === RAW_TYPE) return { format: 'raw', params }
    if (type === CAR_TYPE && isServed(params)) return { format: 'car', params }
    if (type !== CAR_TYPE && !isOther(type)) return { format: 'file', params }
  }
  if (ranges.length > 0) throw notSupported()
  return { format: 'file', params: {} }
}

const carParams = (accept: string): Params => rangesOf(accept).find(({ type }) => type === CAR_TYPE)?.params ?? {}

function isServed({ version = '1', order = 'dfs', dups = 'n' }: Params): boolean {
  return version === '1' && (order === 'dfs' || order === 'unk') && (dups === 'y' || dups === 'n')
}

function carShape(query: Read, accepted: Params): CarShape {
  const params: Record<string, string> = {}
  for (const name of ['version', 'order', 'dups']) {
    const value = query(`car-${name}`) ?? accepted[name]
    if (value !== undefined && value !== '') params[name] = value
  }
  if (!isServed(params)) throw notSupported()
  const bytes = entityBytes(query('entity-bytes'))
  const scope = query('dag-scope') ?? 'all'
  if (scope !== 'block' && scope !== 'entity' && scope !== 'all')
    throw new IpfsError('bad_request', 'dag-scope is block, entity or all.')
  return { scope: bytes ? 'entity' : scope, bytes, dups: params.dups === 'y' }
}

function entityBytes(text: string | undefined): CarShape['bytes'] {
  if (text === undefined) return undefined
  const match = /^(-?\d{1,15}):(\*|-?\d{1,15})$/.exec(text)
  if (!match)
    throw new IpfsError('bad_request', 'entity-bytes is FROM:TO: the first and the last byte, or * for the end.')
  return { from: Number(match[1]), to: match[2] === '*' ? null : Number(match[2]) }
}

/** The value of the header `Content-Type`. */
export const carType = ({ dups }: CarShape) => `${CAR_TYPE}; version=1; order=dfs; dups=${dups ? 'y' : 'n'}`

/** Another shape is another entity. */
export function etagOf(cid: string, asked: Asked): string {
  if (asked.format === 'file') return `"${cid}"`
  if (asked.format === 'raw') return `"${cid}.raw"`
  const { scope, bytes, dups } = asked.shape
  const parts = [scope, ...(bytes ? [`${bytes.from}-${bytes.to ?? '*'}`] : []), ...(dups ? ['dups'] : [])]
  return `W/"${cid}.car.${parts.join('.')}"`
}

/** Whether a header If-None-Match has this tag; it compares weakly. `any`: it is `*`, which matches whatever is there. */
export function matches(header: string | undefined, etag: string): 'tag' | 'any' | undefined {
  const plain = (tag: string) => tag.trim().replace(/^W\//, '')
  const tags = (header ?? '').split(',').map(plain)
  if (tags.includes(plain(etag))) return 'tag'
  return tags.includes('*') ? 'any' : undefined
}

function notSupported(): IpfsError {
  const what =
    'This gateway serves plain files, format=raw and format=car: archives of version 1, in the order dfs, with dups y or n.'
  return new IpfsError('not_supported', what)
}
