/** Leases over HTTP: asked for by a labeler who signed in, signed for whoever brings what another oracle proposed. */
import { ContentError, checkLease, isAddress } from '@stellartrain/ipfs-content'
import { checkPassed, checkQuizAnswers } from '@stellartrain/ipfs-content/quiz'
import { createPlaces, HttpError, problem } from '@stellartrain/service'
import { createSep10, createSessions, deriveKeys, signInRoutes } from '@stellartrain/service/sign-in'
import { Hono } from 'hono'
import { busy, createArrivingJson } from '../arriving-json.ts'
import { createClientOf } from '../ciphertexts/client.ts'
import { WITHOUT_QUESTIONS } from './quiz.ts'
import { OtherLease } from './refusals.ts'
import type { Tasks } from './service.ts'

export type TaskRoutes = Readonly<{
  tasks: Tasks
  /** 32 secret bytes, hex, from which the keys of sign-ins are derived. */
  secret: string
  networkPassphrase: string
  /** Names that this oracle answers for. */
  homeDomains: readonly string[]
  /** How many proxies of ours are in front. */
  proxies?: number
  now?: () => Date
  /** Milliseconds that only grow; a test has a clock of its own. */
  monotonic?: () => number
}>

/** A lease of the largest batch with long ids. */
const MOST_BYTES = 2 * 1024 * 1024
/** Requests in work at once: each may cost signatures and reads of the ledger. */
const AT_ONCE = 64
/** Of one address: a ledger or another oracle that answers slowly would have one caller hold them all. */
const PER_ADDRESS = 16

export function taskRoutes({
  tasks,
  secret,
  networkPassphrase,
  homeDomains,
  proxies = 0,
  now,
  monotonic,
}: TaskRoutes): Hono {
  const clientOf = createClientOf(proxies)
  const keys = deriveKeys(secret, 'oracle')
  const sessions = createSessions(keys, homeDomains, now)
  const app = new Hono<{ Variables: { body: Record<string, unknown> } }>()
  const sep10 = createSep10(keys, networkPassphrase, homeDomains)
  app.route(
    '/',
    signInRoutes(() => ({ keys, sep10, sessions, networkPassphrase })),
  )
  const tooLarge = `A request for a lease is smaller than ${MOST_BYTES} bytes.`
  const arriving = createArrivingJson({ mostBytes: MOST_BYTES, tooLarge, proxies, now: monotonic })
  const working = createPlaces({
    ...{ atOnce: AT_ONCE, perClient: PER_ADDRESS },
    // Nothing moves here: who is at work stays.
    ...{ stalledMs: Number.POSITIVE_INFINITY, refusal: busy },
  })
  app.use('/v1/tasks/*', async (c, next) => {
    // First: who sends slowly holds no place of those that are worked on.
    if (['POST', 'PUT'].includes(c.req.method)) c.set('body', await arriving(c))
    const place = working.take(clientOf(c))
    if (place === undefined) throw busy()
    try {
      await next()
    } finally {
      place.free()
    }
  })

  app.post('/v1/tasks/leases', async (c) => {
    const labeler = await sessions.accountOf(c.req.header('authorization'))
    const { challenge, renew } = c.var.body
    const lease = await tasks.propose(numberIn(challenge), labeler, renew === true)
    return c.json({ challenge, labeler, lease })
  })
  app.post('/v1/tasks/leases/sign', async (c) => {
    const { challenge, labeler, lease } = c.var.body
    try {
      return c.json({
        challenge,
        labeler,
        lease: await tasks.sign(numberIn(challenge), labelerIn(labeler), leaseIn(lease)),
      })
    } catch (error) {
      if (!(error instanceof OtherLease)) throw error
      // With what goes on in its place.
      const body = (await problem(c, error).json()) as object
      return c.body(JSON.stringify({ ...body, lease: error.lease }), 409, {
        'content-type': 'application/problem+json',
      })
    }
  })
  app.put('/v1/tasks/leases', async (c) => {
    const { challenge, labeler, lease } = c.var.body
    await tasks.remember(numberIn(challenge), labelerIn(labeler), leaseIn(lease))
    return c.body(null, 204)
  })
  app.post('/v1/tasks/items', async (c) => {
    const labeler = await sessions.accountOf(c.req.header('authorization'))
    const { challenge, lease } = c.var.body
    const found = await tasks.items(numberIn(challenge), labeler, leaseIn(lease))
    return c.json(found, 200, { 'cache-control': 'no-store' })
  })
  app.put('/v1/tasks/quiz', async (c) => {
    const { challenge, answers } = c.var.body
    const found = read(() => checkQuizAnswers(answers), 'bad_request')
    return c.json(
      await tasks.takeQuiz(numberIn(challenge), { ...found, labeler: labelerIn(found.labeler) }, clientOf(c)),
    )
  })
  app.put('/v1/tasks/fees', async (c) => {
    const { challenge, transaction, lease } = c.var.body
    if (typeof transaction !== 'string')
      throw new HttpError(400, 'bad_request', '`transaction` is a signed envelope in base64.')
    return c.json(await tasks.payFee(numberIn(challenge), transaction, leaseIn(lease)))
  })
  app.get('/v1/tasks/challenges/:id/fees', async (c) =>
    c.json({ paidBy: await tasks.feesPaidBy(numberIn(Number(c.req.param('id')))) }),
  )
  app.put('/v1/tasks/quiz/passed', async (c) => {
    const { challenge, labeler, signatures } = c.var.body
    const given = read(() => checkPassed(signatures), 'bad_request')
    await tasks.rememberQuiz(numberIn(challenge), labelerIn(labeler), given)
    return c.json({})
  })
  app.get('/v1/tasks/challenges/:id/quiz/:labeler', async (c) => {
    const asks = c.req.query('questions') === WITHOUT_QUESTIONS.questions ? undefined : { client: clientOf(c) }
    return c.json(await tasks.quiz(numberIn(Number(c.req.param('id'))), labelerIn(c.req.param('labeler')), asks))
  })
  app.get('/v1/tasks/challenges/:id', async (c) => c.json(await tasks.coverage(numberIn(Number(c.req.param('id'))))))
  return new Hono().route('/', app)
}

function numberIn(value: unknown): number {
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 0xffff_ffff) return Number(value)
  throw new HttpError(400, 'bad_request', '`challenge` is the number of a challenge.')
}

function labelerIn(value: unknown): string {
  if (typeof value === 'string' && value.startsWith('G') && isAddress(value)) return value
  throw new HttpError(400, 'bad_request', '`labeler` is an account, G….')
}

const leaseIn = (value: unknown) => read(() => checkLease(value), 'bad_lease')

function read<T>(work: () => T, code: 'bad_lease' | 'bad_request'): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    throw new HttpError(400, code, error.message)
  }
}
