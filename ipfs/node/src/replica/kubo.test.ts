/** Against a real Kubo: what is uploaded here is kept there, under the same CID, after every kind of break. */
import { truncate } from 'node:fs/promises'
import { fetchCid } from '@stellartrain/ipfs-content/fetch'
import { golden, goldenContent } from '@stellartrain/ipfs-content/golden'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { upload } from '@stellartrain/ipfs-content/upload'
import { describe, expect, it } from 'vitest'
import { blockFiles, bytesOf, service, signedIn } from '../harness.ts'
import type { ReplicaStatus } from './copier.ts'
import { kubo, withoutKubo } from './kubo-harness.ts'

if (withoutKubo) process.stdout.write(`Left out: the tests with a real Kubo (${withoutKubo}).\n`)

/** One that adds as docs/formats.md says, for Kubo's own default is another profile. */
const PROFILE = ['--cid-version=1', '--raw-leaves', '--chunker=size-1048576', '--max-file-links=1024']

async function status(url: string): Promise<ReplicaStatus> {
  return ((await (await fetch(`${url}/status`)).json()) as { replica: ReplicaStatus }).replica
}

const reaches = (url: string, expected: Partial<ReplicaStatus>) =>
  expect.poll(() => status(url)).toMatchObject(expected)

const pinsOf = (there: { run: (args: string[]) => string }) =>
  there.run(['pin', 'ls', '--type=recursive', '--quiet']).split('\n')

/** The account lets it go; nobody else keeps it. */
async function unpin(url: string, token: string, cid: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` }
  const { results } = (await (await fetch(`${url}/pins?cid=${cid}`, { headers })).json()) as {
    results: { requestid: string }[]
  }
  for (const { requestid } of results) {
    const answer = await fetch(`${url}/pins/${requestid}`, { method: 'DELETE', headers })
    expect(answer.status).toBe(202)
  }
}

describe.skipIf(withoutKubo)('a Kubo', () => {
  it.each(golden.cids)('adds $bytes bytes under our CID', async ({ bytes, cid }) => {
    const there = await kubo()
    expect(there.run(['add', '-Q', ...PROFILE], goldenContent(bytes))).toBe(cid)
  })

  it('keeps what is uploaded here and serves it to a client that trusts nothing', async () => {
    const there = await kubo()
    await there.start()
    const { url } = await service({ kuboUrl: there.rpc })
    const token = await signedIn(url)
    const files = [new Uint8Array(), bytesOf(1, 81), bytesOf(1_048_577, 82), bytesOf(5_000_000, 83)]
    for (const bytes of files) await upload({ url, token, bytes })
    await reaches(url, { state: 'up_to_date', kept: files.length, waiting: 0, lastError: null })
    for (const bytes of files) {
      const cid = await computeCid(bytes)
      expect(pinsOf(there)).toContain(cid)
      const fetched = await fetchCid(cid, { gateways: [there.gateway], maxBytes: 6_000_000 })
      expect(Buffer.compare(fetched, bytes)).toBe(0)
    }
  })

  it('that was away gets everything when it is back, a restart of ours in between', async () => {
    const there = await kubo()
    await there.start()
    const first = await service({ kuboUrl: there.rpc })
    const token = await signedIn(first.url)
    const early = await upload({ url: first.url, token, bytes: bytesOf(1_500_000, 84) })
    await reaches(first.url, { state: 'up_to_date', kept: 1 })
    await there.kill()
    const late = await upload({ url: first.url, token, bytes: bytesOf(2_500_000, 85) })
    await reaches(first.url, { state: 'unreachable', waiting: 1 })
    await first.close()

    const second = await service({ kuboUrl: there.rpc, home: first.home })
    await reaches(second.url, { state: 'unreachable' })
    await there.start()
    await reaches(second.url, { state: 'up_to_date', kept: 2, waiting: 0 })
    expect(pinsOf(there)).toEqual(expect.arrayContaining([early.cid, late.cid]))
  })

  it('lets go what is let go here, but nothing that its operator pinned', async () => {
    const there = await kubo()
    const [ours, theirs, named] = [bytesOf(2_500_000, 90), bytesOf(1_500_000, 91), bytesOf(1_500_000, 92)]
    there.run(['add', '-Q', ...PROFILE], theirs)
    await there.start()
    const { url } = await service({ kuboUrl: there.rpc })
    const token = await signedIn(url)
    const [a = '', b = '', c = ''] = await Promise.all(
      [ours, theirs, named].map(async (bytes) => (await upload({ url, token, bytes })).cid),
    )
    await reaches(url, { state: 'up_to_date', kept: 3 })
    there.run(['pin', 'add', '--name=keep', c])
    for (const cid of [a, b, c]) await unpin(url, token, cid)
    await reaches(url, { state: 'up_to_date', kept: 0, waiting: 0, lastError: null })
    expect(pinsOf(there)).toEqual(expect.arrayContaining([b, c]))
    expect(pinsOf(there)).not.toContain(a)

    // The same content again is copied again.
    await upload({ url, token, bytes: ours })
    await reaches(url, { state: 'up_to_date', kept: 1 })
    expect(pinsOf(there)).toContain(a)
  })

  it('that was away lets go when it is back, a restart of ours in between', async () => {
    const there = await kubo()
    await there.start()
    const first = await service({ kuboUrl: there.rpc })
    const token = await signedIn(first.url)
    const { cid } = await upload({ url: first.url, token, bytes: bytesOf(1_500_000, 93) })
    await reaches(first.url, { state: 'up_to_date', kept: 1 })
    await there.kill()
    await unpin(first.url, token, cid)
    await reaches(first.url, { state: 'unreachable', waiting: 1 })
    await first.close()

    const second = await service({ kuboUrl: there.rpc, home: first.home })
    await reaches(second.url, { state: 'unreachable' })
    await there.start()
    await reaches(second.url, { state: 'up_to_date', kept: 0, waiting: 0 })
    expect(pinsOf(there)).not.toContain(cid)
  })

  it('that forgot a pin gets it again at our next start', async () => {
    const there = await kubo()
    await there.start()
    const first = await service({ kuboUrl: there.rpc })
    const { cid } = await upload({ url: first.url, token: await signedIn(first.url), bytes: bytesOf(1_500_000, 86) })
    await reaches(first.url, { state: 'up_to_date', kept: 1 })
    await first.close()
    there.run(['pin', 'rm', cid])
    there.run(['repo', 'gc'])
    const second = await service({ kuboUrl: there.rpc, home: first.home })
    await reaches(second.url, { state: 'up_to_date', kept: 1 })
    expect(pinsOf(there)).toContain(cid)
  })

  it('gets the rest while one file here is damaged, and that one once it is mended', async () => {
    const there = await kubo()
    await there.start()
    const first = await service()
    const token = await signedIn(first.url)
    const bytes = bytesOf(1_500_000, 87)
    const damaged = await upload({ url: first.url, token, bytes })
    for (const file of await blockFiles(first.home)) await truncate(file, 10)
    const whole = await upload({ url: first.url, token, bytes: bytesOf(1_500_000, 88) })
    await first.close()

    const second = await service({ kuboUrl: there.rpc, home: first.home })
    const { cid } = damaged
    await reaches(second.url, {
      state: 'retrying',
      kept: 1,
      waiting: 1,
      lastError: expect.objectContaining({ code: 'unreadable', cid }),
    })
    expect(pinsOf(there)).toContain(whole.cid)
    expect(pinsOf(there)).not.toContain(cid)
    await upload({ url: second.url, token: await signedIn(second.url), bytes })
    await reaches(second.url, { state: 'up_to_date', kept: 2, waiting: 0 })
    expect(pinsOf(there)).toContain(cid)
  })
})
