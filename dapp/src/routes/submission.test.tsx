/** The page of one submission, with what only an oracle's report says of it. */
import { createMemoryHistory, MemoryRouter, Route } from '@solidjs/router'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { encodeReport } from '@stellartrain/ipfs-content/report'
import { beforeAll, expect, it, vi } from 'vitest'
import type { Submission } from '../lib/read/types.ts'
import { address, bounty, NOW, oracles, pending, placeOf, scored, scoreVote } from '../testing/facts.ts'
import { show } from '../testing/show.ts'
import { loadSite } from '../testing/site.ts'
import SubmissionPage from './submission.tsx'

/** The pages hear news from it; here there is none. */
class Silence extends EventTarget {
  close(): void {}
}

beforeAll(async () => {
  vi.stubGlobal('EventSource', Silence)
  await loadSite()
})

// A report is read strictly, so these are addresses with their checksums.
const SOLVER = 'GBRPYHIL2CI3FNQ4BXLFMNDLFJUNPU2HY3ZMFSHONUCEOASW7QC7OX2H'
const ORACLE = 'GAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAWHF'
const CONTRACT = 'CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC'
const reason = { code: 100, name: 'copied_content', text: 'Content of an earlier submission.' }

/** A report that says of submission 2 that it copied another one. */
const reportOf = (copied: number) =>
  encodeReport({
    ...{ format: 'stellartrain/grade-report', version: 1, contract: CONTRACT, network: '0'.repeat(64) },
    ...{ challenge: 7, oracle: ORACLE, manifest: 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy' },
    engine: { name: 'stellartrain', version: '1' },
    metric: { id: 'accuracy', params: {}, version: 1 },
    submissions: [
      {
        ...{ number: 2, solver: SOLVER, attempt: 1, units: 0, verdict: 'rejected', score: null, contentHash: null },
        cid: 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy',
        ...{ rows: null, reason: { code: 100, name: 'copied_content', copied } },
      },
    ],
  })

/** Each case has a challenge of its own, for what was read once is kept for a while. */
let id = 900

/** Shows the page of a submission of the present challenge; `serve` answers by path, undefined for what is not there. */
function shown(number: number, serve: (pathname: string) => unknown) {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (input: Request | string | URL) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, 'http://127.0.0.1:9')
    asked.push(pathname)
    const body = serve(pathname)
    if (body instanceof Uint8Array) return new Response(Uint8Array.from(body))
    return Response.json(body ?? { detail: 'not found' }, { status: body === undefined ? 404 : 200 })
  })
  const history = createMemoryHistory()
  history.set({ value: `/challenges/${id}/submissions/${number}` })
  const place = show(() => (
    <MemoryRouter history={history}>
      <Route path="/challenges/:id/submissions/:number" component={SubmissionPage} />
    </MemoryRouter>
  ))
  return { place, asked }
}

const meta = { _meta: bounty._meta }

/** The page of submission 2, whose oracle's report names what it copied; `first` is whose submission 1 is. */
async function page(copied: number, first: string) {
  id += 1
  const report = reportOf(copied)
  const cid = await computeCid(report)
  const copy: Submission = {
    ...{ ...pending, challenge: id, number: 2, solver: SOLVER, status: 'rejected', standing: 'rejected', reason },
    votes: [
      {
        ...scoreVote(oracles[0]!.address, 0),
        verdict: 'rejected',
        score: null,
        contentHash: null,
        reason,
        report: cid,
      },
    ],
    ...{ verdictAt: new Date(NOW).toISOString(), verdictTx: 'bb', report: cid },
  }
  const answers: Record<string, unknown> = {
    [`/v1/challenges/${id}`]: { ...bounty, id },
    [`/v1/challenges/${id}/submissions/1`]: { ...pending, ...meta, challenge: id, solver: first },
    [`/v1/challenges/${id}/submissions/2`]: { ...copy, ...meta },
    [`/ipfs/${cid}`]: report,
  }
  return { ...shown(2, (pathname) => answers[pathname]), cid }
}

it('a rejected copy is told with the number that it copied, once a report that says it is read', async () => {
  const { place } = await page(1, address('P'))
  await expect.poll(() => place.textContent).toMatch(/copy of #1\b/i)
})

it('a report that names a submission of the same solver, or none before it, is not repeated', async () => {
  for (const [copied, first] of [
    [1, SOLVER],
    [2, address('P')],
  ] as const) {
    const { place, asked, cid } = await page(copied, first)
    await expect.poll(() => asked).toContain(`/ipfs/${cid}`)
    await expect.poll(() => place.textContent).toMatch(/copy of an earlier submission/i)
    expect(place.textContent).not.toMatch(/copy of #/i)
  }
})

it('a verdict that lands between the two answers makes no winner seem to have nothing', async () => {
  id += 1
  const later = { _meta: { ...bounty._meta, ledger: bounty._meta.ledger + 1 } }
  const before = { ...bounty, id }
  const after = {
    ...{ ...before, ...later, events: 4, head: 1, concluded: 1, scored: 1, winners: 1, due: 1 },
    board: [placeOf(1, 'S', { paid: true })],
  }
  const prizePaid = { ...pending.flags, prizePaid: true }
  const won = { ...scored(0.95), ...later, challenge: id, place: 1, won: true, flags: prizePaid }
  let challenges = 0
  const { place } = shown(1, (pathname) => {
    if (pathname === `/v1/challenges/${id}`) return challenges++ === 0 ? before : after
    return pathname === `/v1/challenges/${id}/submissions/1` ? won : undefined
  })
  await expect.poll(() => place.textContent).toContain('Won 50 USDC')
  expect(place.textContent).not.toContain('Nothing won')
})
