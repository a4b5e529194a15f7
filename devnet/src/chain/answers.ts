/** What the host answers, read from its bytes. */
import { DevnetError } from '../errors.ts'
import { Reader } from '../wire.ts'

export type Status = 'PENDING' | 'DUPLICATE' | 'TRY_AGAIN_LATER' | 'ERROR'

const STATUSES: readonly Status[] = ['PENDING', 'DUPLICATE', 'TRY_AGAIN_LATER', 'ERROR']

export interface Submitted {
  status: Status
  hash: string
  /** TransactionResult XDR in base64, with `ERROR`. */
  errorResult: string
  /** DiagnosticEvent XDR in base64: what is wrong with the resources of a contract transaction. */
  diagnosticEvents: string[]
}

export function submittedOf(answer: Buffer): Submitted {
  const reader = new Reader(answer)
  const status = STATUSES[reader.number()]!
  const [hash, errorResult] = [reader.bytes().toString('hex'), reader.base64()]
  const diagnosticEvents = reader.list().map((event) => event.toString('base64'))
  return { status, hash, errorResult, diagnosticEvents }
}

/** What an envelope is about: the operations, and of the first one its name and whether it carries authorization entries. */
export interface Description {
  operations: number
  operation: string
  hasAuth: boolean
  soroban: boolean
  hasMemo: boolean
}

/** A key that cannot be asked for, at this place: it is none, or one of a lifetime. */
export class KeyError extends DevnetError {
  readonly ofLifetime: boolean
  readonly place: number

  constructor(ofLifetime: boolean, place: number) {
    super('BAD_KEY', `key ${place} cannot be asked for`)
    this.name = 'KeyError'
    this.ofLifetime = ofLifetime
    this.place = place
  }
}

/** How the host marks a key of a lifetime. */
const OF_LIFETIME = 2

export interface FoundEntry {
  data: string
  modified: number
  liveUntil: number | undefined
  extension: string
}

/** @param count of the keys that were asked for. @throws {KeyError} For the first key that cannot be asked for. */
export function entriesOf(answer: Buffer, count: number): (FoundEntry | undefined)[] {
  const reader = new Reader(answer)
  const fault = reader.number()
  if (fault !== 0) throw new KeyError(fault === OF_LIFETIME, reader.number())
  return Array.from({ length: count }, () => {
    const entry = new Reader(reader.bytes())
    if (entry.done) return undefined
    const [data, modified, liveUntil] = [entry.base64(), entry.number(), entry.bytes()]
    return {
      data,
      modified,
      liveUntil: liveUntil.length === 0 ? undefined : Number(liveUntil.readBigUInt64LE()),
      extension: entry.base64(),
    }
  })
}

export function descriptionOf(answer: Buffer): Description {
  const reader = new Reader(answer)
  return {
    operations: reader.number(),
    operation: reader.text(),
    hasAuth: reader.number() === 1,
    soroban: reader.number() === 1,
    hasMemo: reader.number() === 1,
  }
}

/** Which of the accounts have enough, and an envelope that funds the others, if any. */
export interface Funding {
  funded: boolean[]
  envelope: Buffer | undefined
}

export function fundingOf(answer: Buffer): Funding {
  const reader = new Reader(answer)
  const funded = [...reader.bytes()].map((flag) => flag === 1)
  const envelope = reader.bytes()
  return { funded, envelope: envelope.length === 0 ? undefined : envelope }
}

/** The next step of funding a contract. */
export interface ContractFunding {
  step: 'pay' | 'deploy'
  envelope: Buffer
}

export function contractFundingOf(answer: Buffer): ContractFunding | undefined {
  const reader = new Reader(answer)
  const step = reader.number()
  return step === 0 ? undefined : { step: step === 1 ? 'pay' : 'deploy', envelope: reader.bytes() }
}
