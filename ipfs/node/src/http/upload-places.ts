/** The places of uploads: so many of strangers, others for those who have a part in a challenge, few of one account or address. */
import { createPlaces, type EndedBy, type Place, type Places } from '@stellartrain/service'
import { IpfsError } from '../errors.ts'
import { createYoungCollector } from './young.ts'

/** How many uploads may be on their way at once; each needs its size on disk. */
const AT_ONCE = 16
/** Beside these, of the makers and oracles of challenges: accounts that no stranger can have for nothing. */
const AT_ONCE_WITH_PART = 16
const PER_ACCOUNT = 4
const PER_ADDRESS = 4

/** Less than 16 KiB in a minute is too slow, and two hours are enough for the largest file. */
export const UPLOAD_PACE = { tooSlowMs: 60_000, longestMs: 2 * 3_600_000 }

export type UploadPlace = {
  arriving: (body: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>
  free: () => void
}

export type UploadPlaces = {
  /** @param address null is without a limit of its own @throws IpfsError `busy` */
  take(account: string, address: string | null): UploadPlace
}

/** @param running is told how many are on their way */
export function createUploadPlaces(
  hasPart: (account: string) => boolean,
  running: (count: number) => void,
): UploadPlaces {
  const pool = (atOnce: number, perClient: number) =>
    createPlaces({ atOnce, perClient, ...UPLOAD_PACE, refusal: uploadEnded })
  const strangers = pool(AT_ONCE, Math.max(PER_ACCOUNT, PER_ADDRESS))
  const withPart = pool(AT_ONCE_WITH_PART, PER_ACCOUNT)
  const addresses = pool(Number.POSITIVE_INFINITY, PER_ADDRESS)
  const accounts = pool(Number.POSITIVE_INFINITY, PER_ACCOUNT)
  const count = () => running(strangers.taken + withPart.taken)
  const collecting = createYoungCollector()

  return {
    take(account, address) {
      const taken: Place[] = []
      const free = () => {
        for (const place of taken) place.free()
        count()
      }
      const of = (places: Places, client: string) => {
        const place = places.take(client)
        if (place === undefined) {
          free()
          throw uploadEnded('displaced')
        }
        taken.push(place)
      }
      if (address !== null) of(addresses, address)
      of(accounts, account)
      // Those who have no part share the places of strangers; keys cost nothing, so that each address has a share.
      if (hasPart(account)) of(withPart, account)
      else of(strangers, address ?? account)
      count()
      return {
        arriving: (body) =>
          taken.reduce<AsyncIterable<Uint8Array>>((pieces, place) => place.arriving(pieces), collecting(body)),
        free,
      }
    },
  }
}

/** Why an upload was ended, or did not begin. */
export function uploadEnded(why: EndedBy): IpfsError {
  if (why === 'too_slow')
    return new IpfsError(
      'too_slow',
      'The upload brought too little for a minute. Send it again from a faster connection.',
    )
  if (why === 'too_long') return new IpfsError('too_long', 'The upload took longer than two hours. Send it in parts.')
  const headers = { 'retry-after': '5' }
  return new IpfsError('busy', 'Too many uploads at once. Try again in a few seconds.', { headers })
}
