/** Images that only labelers see: sealed on IPFS, shown on the labeling page for a live lease, and to nobody else; on a phone's width. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk'
import type { Manifest } from '@stellartrain/ipfs-content'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { itemLink } from '@stellartrain/ipfs-content/labeling'
import { openMedia } from '@stellartrain/ipfs-content/sealed-media'
import { readTasks } from '@stellartrain/sdk/batch'
import { memoryDrafts } from '@stellartrain/sdk/drafts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { main } from '../../../sdk/src/cli/main.ts'
import { waitForAcceptance } from '../challenges/acceptance.ts'
import { picture, testChromium } from './browser.ts'
import { writeBricks } from './create-labels.ts'
import { faultless, openLabelPage } from './freighter-page.ts'
import type { Parts } from './parts.ts'
import { startSite } from './site.ts'

const chromium = testChromium()
const BATCH = 3
const SHOWN = `[...document.querySelectorAll('img[alt$="to be labeled"]')].some((one) => one.complete && one.naturalWidth === 240)`
const LABELS_FILE = {
  ...{ title: 'Private bricks', summary: 'Say what is in each picture.', description: 'Pictures.' },
  ...{ license: 'CC0-1.0', items: 'bricks', known: 'known.csv', overlap: 2, perItem: '0.5', secondsPerItem: 6 },
  ...{ batch: BATCH, deadline: '+2h', private: true },
}
const TASK = {
  show: [{ column: 'image', as: 'image' }],
  answer: { kind: 'choice', choices: [{ value: 'brick' }, { value: 'door' }] },
  instructions: { text: 'Say what lies in front.' },
}

describe.skipIf(!chromium)('private images', () => {
  let site: Awaited<ReturnType<typeof startSite>>
  let parts: Parts
  let maker: Keypair
  beforeAll(async () => {
    site = await startSite(chromium!)
    parts = site.parts
    maker = await parts.fixture.person()
  })
  afterAll(() => site?.close())

  async function run(...args: string[]) {
    const { rpcUrl, passphrase, contract, ipfsUrl, apiUrl } = parts.config
    const said: string[] = []
    const code = await main(args, {
      ...{ stdout: (text) => void said.push(text), stderr: (text) => void said.push(text) },
      env: {
        ...{ RPC_URL: rpcUrl, NETWORK_PASSPHRASE: passphrase, CONTRACT_ADDRESS: contract, IPFS_URL: ipfsUrl },
        ...{ API_URL: apiUrl, STELLARTRAIN_SECRET: maker.secret(), STELLARTRAIN_HOME: join(parts.folder, 'maker') },
      },
      ...{ cwd: parts.folder, signal: new AbortController().signal },
    })
    return { code, out: said.join('') }
  }
  const content = async (cid: string) => {
    const answer = await fetch(`${parts.config.ipfsUrl}/ipfs/${cid}`)
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined
  }

  test('are labeled and paid, and readable for the labeler and the maker alone', async () => {
    const folder = join(parts.folder, 'task')
    mkdirSync(folder)
    const { images } = writeBricks(folder)
    writeFileSync(join(folder, 'labels.json'), JSON.stringify({ ...LABELS_FILE, task: TASK }))
    // An example is published: it cannot show a private file.
    const plain = await computeCid(new Uint8Array(readFileSync(join(images, 'brick-0.png'))))
    const shown = { ...TASK.instructions, examples: [{ item: { image: plain }, answer: 'brick' }] }
    writeFileSync(
      join(folder, 'shown.json'),
      JSON.stringify({ ...LABELS_FILE, task: { ...TASK, instructions: shown } }),
    )
    const oracle = ['--oracle', parts.oracle, '--identity', 'key.txt', '--yes']
    const refused = await run('labels', 'create', 'task/shown.json', ...oracle)
    expect([refused.code, refused.out]).toEqual([1, expect.stringContaining('Examples are published')])
    const made = await run('labels', 'create', 'task', ...oracle, '--json')
    expect(made.code, made.out).toBe(0)
    const id = (JSON.parse(made.out.slice(made.out.indexOf('{'))) as { challenge: number }).challenge
    await waitForAcceptance(parts.sdk, id)

    const labeler = await parts.fixture.person()
    const { page, errors, close } = await openLabelPage(site, labeler, id)
    await page.getByRole('button', { name: 'Get a batch of items' }).click()
    for (let done = 0; done < BATCH; done++) {
      const image = page.locator('img[alt$="to be labeled"]').first()
      await image.waitFor()
      await expect.poll(() => page.evaluate(SHOWN), { timeout: 240_000 }).toBe(true)
      if (done === 0) {
        await picture(page, 'private-image')
        await faultless(page, 'the desk')
      }
      await page.keyboard.press('1')
    }
    await page.getByRole('button', { name: 'Seal, sign and hand over', disabled: false }).click()
    await page.getByText('Paid 1.5 XLM').first().waitFor()
    expect(errors).toEqual([])
    await close()

    // Of the plain files none is on IPFS, and what is there is opened by the key in a leased row alone.
    for (const name of readdirSync(images))
      expect(await content(await computeCid(new Uint8Array(readFileSync(join(images, name))))), name).toBeUndefined()
    const { manifest } = await parts.api<{ manifest: string }>(`/v1/challenges/${id}`)
    const described = new TextDecoder().decode((await content(manifest))!)
    expect((JSON.parse(described) as Manifest).labeling?.private).toBe(true)
    expect(described).not.toContain('#key=')
    const other = await parts.fixture.person()
    const { header, rows } = await readTasks(
      parts.sdk,
      { challenge: id, labeler: other.publicKey() },
      { signer: other, drafts: memoryDrafts() },
    )
    const link = itemLink(rows[0]![header.indexOf('image')]!)
    if (!('key' in link)) throw new Error('the file is not sealed')
    const sealed = (await content(link.cid)) as Uint8Array<ArrayBuffer>
    expect(new TextDecoder('latin1').decode(sealed)).not.toContain('PNG')
    const opened = await openMedia(sealed, link.key!)
    const originals = readdirSync(images).map((name) => readFileSync(join(images, name)).toString('hex'))
    expect(originals).toContain(Buffer.from(opened).toString('hex'))
    await expect(openMedia(sealed, 'B'.repeat(43))).rejects.toThrow()

    // The maker's export names each file with its key.
    expect(
      (await run('labels', 'export', String(id), '--identity', 'key.txt', '--format', 'jsonl', '--out', 'out')).code,
    ).toBe(0)
    const files = readdirSync(join(parts.folder, 'out')).map((name) =>
      readFileSync(join(parts.folder, 'out', name), 'utf8'),
    )
    expect(files.join('')).toContain('#key=')
  })
})
