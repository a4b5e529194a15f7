/** Submissions: a sealed file as CAR from anybody, once the ledger names it. The same wire form as an oracle's. */
import { StrKey } from '@stellar/stellar-sdk'
import { parseCid } from '@stellartrain/ipfs-content/cid'
import { arrivingBody, createPlaces, type Log } from '@stellartrain/service'
import { type Context, Hono } from 'hono'
import type { ChallengeFacts } from '../chain/challenges.ts'
import type { Named, SubmissionPlace } from '../chain/named.ts'
import { IpfsError } from '../errors.ts'
import type { IpfsMetrics } from '../metrics.ts'
import type { IpfsNode } from '../store/node.ts'
import type { ClientOf } from './client.ts'
import { UPLOAD_PACE, uploadEnded } from './upload-places.ts'

/** How many files may be on their way at once; each needs its size on disk. */
const AT_ONCE = 64
/** From one address, so that whoever has a single one cannot take them all. */
const PER_ADDRESS = 8

export type ContentDeps = {
  node: IpfsNode
  /** null = this node follows no contract. */
  named: Named | null
  /** The largest sealed file of a challenge with this manifest, bytes. */
  mostBytes: (manifestCid: string) => Promise<number>
  /** What all submissions of a challenge may take, bytes. */
  challengeBytes: (challenge: ChallengeFacts) => number
  clientOf: ClientOf
  metrics: IpfsMetrics
  log: Log
  onPinned: (cid: string) => void
}

/** `PUT /{cid}`, and `POST` for clients that have no other method. */
export function content(
  { node, named, mostBytes, challengeBytes, clientOf, metrics, log, onPinned }: ContentDeps,
  now: () => number = () => performance.now(),
): Hono {
  const app = new Hono()
  const places = createPlaces({ atOnce: AT_ONCE, perClient: PER_ADDRESS, ...UPLOAD_PACE, now, refusal: uploadEnded })
  const count = () => metrics.taking(places.taken)
  // What is refused may have a body on its way: the next request must not follow it on this connection.
  app.use(async (c, next) => {
    await next()
    if (!c.error) return
    c.header('connection', 'close')
    metrics.refused(c.error instanceof IpfsError ? c.error.code : 'internal')
  })

  async function take(c: Context): Promise<Response> {
    const cid = parseCid(c.req.param('cid') ?? '').toString()
    if (named === null) throw notFollowing()
    const challenges = await named.find(cid, placeOf(c), clientOf(c))
    if (challenges.length === 0) throw notNamed()
    const place = places.take(clientOf(c) ?? '')
    if (place === undefined) throw uploadEnded('displaced')
    count()
    try {
      const by = await Promise.all(
        challenges.map(async (challenge) => {
          const { id, until, manifestCid } = challenge
          const quota = challengeBytes(challenge)
          return { challenge: id, until, mostBytes: await mostBytes(manifestCid), challengeBytes: quota }
        }),
      )
      const { bytes, stored } = await node.take(cid, by, place.arriving(arrivingBody(c)))
      if (stored) {
        onPinned(cid)
        metrics.uploaded(bytes)
        log.info('submission_taken', { challenge: challenges[0]!.id, cid, bytes })
      }
      return c.json({ cid, bytes }, stored ? 201 : 200, { location: `/ipfs/${cid}` })
    } catch (error) {
      if (error instanceof IpfsError || !c.req.raw.signal.aborted) throw error
      throw new IpfsError('bad_request', 'The archive ended before its last byte.')
    } finally {
      place.free()
      count()
    }
  }

  app.put('/:cid', take)
  app.post('/:cid', take)
  return app
}

/** `?challenge=4&solver=G…&attempt=1`: where the contract's storage holds the submission. @throws IpfsError `bad_request` */
function placeOf(c: Context): SubmissionPlace | undefined {
  const { challenge, solver, attempt } = c.req.query()
  if (challenge === undefined && solver === undefined && attempt === undefined) return undefined
  const isNumber = (text = '') => /^[1-9]\d{0,8}$/.test(text)
  if (
    !isNumber(challenge) ||
    !isNumber(attempt) ||
    !(StrKey.isValidEd25519PublicKey(solver!) || StrKey.isValidContract(solver!))
  )
    throw new IpfsError('bad_request', 'Name the submission by challenge, solver and attempt, or not at all.')
  return { challenge: Number(challenge), solver: solver!, attempt: Number(attempt) }
}

function notNamed(): IpfsError {
  const what =
    'No submission to a challenge that all its oracles accepted has this CID, or its files are no longer kept.'
  const message = `${what} Submit it first, then hand the file over; anything else is stored by POST /v1/uploads, signed in.`
  return new IpfsError('not_named', message, { headers: { 'retry-after': '5' } })
}

function notFollowing(): IpfsError {
  const message =
    'This node follows no contract and takes no submissions: its operator sets RPC_URL and CONTRACT_ADDRESS. Hand the file to an oracle.'
  return new IpfsError('not_following', message)
}
