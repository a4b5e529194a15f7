/** Labels, end to end with real oracles: a maker's items become a task, are leased, labeled, judged and paid, opened, and exported with their consensus. */

import { Verdict, view, views } from '@stellartrain/contracts-client'
import { until } from '@stellartrain/contracts-client/testing/until'
import { parseAnswer } from '@stellartrain/ipfs-content/labeling'
import { readTasks } from '@stellartrain/sdk/batch'
import { createClient } from '@stellartrain/sdk/client'
import { type ChallengePlan, createChallenge, prepareChallenge } from '@stellartrain/sdk/create'
import { memoryDrafts } from '@stellartrain/sdk/drafts'
import {
  agree,
  exportLabels,
  ITEMS_FILE,
  itemsFromJsonLines,
  KNOWN_FILE,
  planLabels,
  readLabels,
} from '@stellartrain/sdk/labels'
import { submitFile } from '@stellartrain/sdk/submit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world?.close())

const ITEMS = 20
const TASK = {
  show: [{ column: 'text', as: 'text' as const }],
  answer: { kind: 'spans' as const, column: 'text', labels: [{ value: 'NAME' }] },
}
/** The name begins behind an emoji, and a letter of its place says where the item is. */
const textOf = (at: number) => `😀 ${'x'.repeat(at)} Ada`
const cellOf = (at: number, before = 0) => `[{""end"":${at + 6},""label"":""NAME"",""start"":${at + 3 - before}}]`

test('every item gets its two labelers by leases, both are paid, and the export has the spans that they agree on', async () => {
  const oracle = await world.oracle()
  const client = createClient({
    ...{ network: 'local', passphrase: world.devnet.passphrase, rpcUrl: world.devnet.rpcUrl, contract: world.contract },
    ...{ friendbotUrl: world.devnet.friendbotUrl, apiUrl: 'http://127.0.0.1:9', ipfsUrl: world.ipfs.url },
  })
  const lines = Array.from({ length: ITEMS }, (_, at) => JSON.stringify({ id: `i${at}`, text: textOf(at) }))
  const table = itemsFromJsonLines(new TextEncoder().encode(lines.join('\n')), 'id')
  const known = new Map(
    Array.from({ length: 5 }, (_, n) => [`i${n * 4}`, cellOf(n * 4).replaceAll('""', '"')] as const),
  )
  const terms = { overlap: 2, minAccuracy: 0.8, secondsPerItem: 10, perItem: '0.1', batch: 10, budget: '20' }
  const made = planLabels({ table, task: TASK, known }, terms)
  const plan = {
    ...made.plan,
    ...{
      title: 'Names',
      summary: 'Mark the names.',
      description: 'D',
      license: 'CC0-1.0',
      asset: 'XLM',
      threshold: '0',
    },
    ...{ oracles: [oracle.address], deadline: new Date((world.devnet.ledger().closeTime + 3_000) * 1_000) },
    datasets: [{ name: ITEMS_FILE, role: 'test', bytes: made.files[ITEMS_FILE] }],
    truth: made.files[KNOWN_FILE],
  } as unknown as ChallengePlan
  const prepared = await prepareChallenge(client, plan, world.maker.publicKey())
  const { challenge } = await createChallenge(client, prepared, world.maker)
  await world.accepted(challenge)
  await until(async () => (await fetch(`${oracle.url}/v1/tasks/challenges/${challenge}`)).ok, {
    what: 'tasks to be given',
  })

  // The second one marks the space before each name, too: the known spans overlap with that, by three of four characters.
  for (const [before, labeler] of [await world.person(), await world.person()].entries()) {
    for (const attempt of [1, 2]) {
      const drafts = memoryDrafts()
      // An oracle that has not seen the verdict before yet keeps its places for those who have none.
      const tasks = await until(
        () => readTasks(client, { challenge, labeler: labeler.publicKey() }, { signer: labeler, drafts }),
        { what: 'items' },
      )
      const rows = tasks.rows.map(([id]) => `${id},"${cellOf(Number(id!.slice(1)), before)}"`)
      const wrong = new TextEncoder().encode(`id,answer\n${rows.join('\n').replace('""start""', '""begin""')}\n`)
      const refused = submitFile(client, { challenge, csv: wrong, signer: labeler, drafts })
      await expect(refused).rejects.toMatchObject({ code: 'bad_answer', message: expect.stringContaining('"begin"') })
      const csv = new TextEncoder().encode(`id,answer\n${rows.join('\n')}\n`)
      await submitFile(client, { challenge, csv, signer: labeler, drafts })
      await until(async () => (await world.submission(challenge, labeler, attempt)).verdict === Verdict.Scored, {
        what: 'the verdict',
      })
    }
  }
  expect((await world.state(challenge)).purse).toMatchObject({ escrow: 160_000_000n, reserved: 0n })
  await expect(readLabels(client, challenge)).rejects.toMatchObject({ code: 'not_opened', retryable: true })

  await world.devnet.warp(200_000)
  const opened = () => view(world.chain, views.revealed({ challenge, by: oracle.address }))
  await until(async () => (await opened()) !== null, { what: 'the opening' })
  const labels = await readLabels(client, challenge)
  expect(labels).toMatchObject({ missing: [], refused: [] })
  expect(labels.batches).toHaveLength(4)
  const items = agree(labels, 'majority')
  for (const { id, cell, confidence, votes } of items) {
    const at = Number(id.slice(1))
    // The middle of both starts, rounded down.
    expect([cell, confidence, votes.length]).toEqual([cellOf(at, 1).replaceAll('""', '"'), 1, 2])
    expect(parseAnswer(TASK, cell, { text: textOf(at) })).toMatchObject({ spans: [{ start: at + 2 }] })
  }
  const [conll] = await exportLabels({ labels, items, method: 'majority', gateway: world.ipfs.url }, 'conll')
  expect(new TextDecoder().decode(conll!.bytes).match(/^Ada\tB-NAME$/gm)).toHaveLength(ITEMS)
})
