/**
 * Three oracles, each in a network of its own, and content on two nodes (docker-compose.quorum.yml): a submission is paid by two of
 * them while the third is cut off, and what they published is on both nodes.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { followEvents, fundWithFriendbot } from '@stellartrain/contracts-client'
import { cidFromChain, fetchCid } from '@stellartrain/ipfs-content'
import { createClient } from '@stellartrain/sdk/client'
import type { Submitted } from '@stellartrain/sdk/submit'
import { waitForOracle } from '../system/oracle-ready.ts'
import { openStory, problemsOf, submitStubbornly, waitUntilFinal } from './story.ts'
import { type Contained, makeSecrets } from './system.ts'

/** @returns a sentence @throws Error that says what is not so */
export async function threeOracles(contained: Contained, cleanup: (() => unknown)[]): Promise<string> {
  const { engine, ports } = contained
  const folders = ['second', 'third'].map((name) => mkdtempSync(join(tmpdir(), `stellartrain-secrets-${name}-`)))
  for (const folder of folders) cleanup.push(() => rmSync(folder, { recursive: true, force: true }))
  const urls = [ports.ORACLE_PORT, ports.ORACLE2_PORT, ports.ORACLE3_PORT].map((port) => `http://localhost:${port}`)
  const project = contained.withFiles(['docker-compose.quorum.yml'], {
    SECRETS_2: folders[0]!,
    SECRETS_3: folders[1]!,
    ORACLE2_PUBLIC_URL: urls[1]!,
    ORACLE3_PUBLIC_URL: urls[2]!,
  })
  for (const folder of folders) await makeSecrets(engine, project.compose, folder)
  await project.up()
  const config = await contained.config()
  const sdk = createClient(config)
  for (const folder of folders)
    await fundWithFriendbot(sdk.chain, readFileSync(join(folder, 'oracle_address'), 'utf8').trim())
  const oracles = await Promise.all(urls.map((url) => waitForOracle(url)))
  for (const [name, other] of [
    ['oracle', 'oracle-2'],
    ['oracle-2', 'oracle-3'],
    ['oracle-3', 'oracle'],
  ] as const)
    if (await project.reaches(name, `http://${other}:4100/health`)) throw new Error(`${name} reaches ${other}`)

  const story = await openStory(sdk, oracles, 2)
  const made: Submitted[] = [await submitStubbornly(sdk, story, story.solvers[0]!)]
  await waitUntilFinal(sdk, story)
  await project.disconnect('oracle-3', 'third')
  made.push(await submitStubbornly(sdk, story, story.solvers[1]!))
  await waitUntilFinal(sdk, story)
  await project.connect('oracle-3', 'third')
  const problems = await problemsOf(sdk, story, made)
  if (problems.length > 0) throw new Error(problems.join('; '))

  let documents = 0
  for await (const event of followEvents(sdk.chain, { startLedger: 1 }, {}, { live: false })) {
    if (event.type !== 'scored' || event.challenge !== story.challenge) continue
    const cid = cidFromChain(event.report)
    for (const port of [ports.IPFS_PORT, ports.IPFS2_PORT])
      await until(
        () => fetchCid(cid, { gateways: [`http://localhost:${port}`], maxBytes: 1_000_000 }),
        `${cid} on ${port}`,
      )
    documents++
  }
  return `three oracles on three networks: ${made.length} paid, one by two of them while the third was cut off; ${documents} reports are on both nodes`
}

async function until(ask: () => Promise<unknown>, what: string): Promise<void> {
  let last: unknown
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((done) => setTimeout(done, 500)))
    try {
      await ask()
      return
    } catch (error) {
      last = error
    }
  throw new Error(`waited in vain for ${what}`, { cause: last })
}
