/** A port that was free once is taken again at the next start, so that the registered URL stays. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Listening, listen } from '@stellartrain/service'
import { expect, it, onTestFinished } from 'vitest'
import { listenAgain } from './listen-again.ts'

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'stellartrain-listen-'))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  return made
}

const app = { fetch: () => new Response('here') }
const open = async (at: number): Promise<Listening> => {
  const server = await listen(app, { host: '127.0.0.1', port: at })
  onTestFinished(() => server.close(0).catch(() => {}))
  return server
}

it('a start with port 0 takes the port of the start before', async () => {
  const home = await folder()
  const first = await listenAgain(home, 0, open)
  await first.close(0)
  expect((await listenAgain(home, 0, open)).port).toBe(first.port)
})

it('where another program has it by now, any free one is taken and kept', async () => {
  const home = await folder()
  const other = await open(0)
  await writeFile(join(home, 'port'), `${other.port}\n`)
  const { port } = await listenAgain(home, 0, open)
  expect(port).not.toBe(other.port)
  expect(await readFile(join(home, 'port'), 'utf8')).toBe(`${port}\n`)
})

it.each(['', 'no port', '-5', '70000', '1.5'])('a damaged record, %j, is as none', async (text) => {
  const home = await folder()
  await writeFile(join(home, 'port'), text)
  expect((await listenAgain(home, 0, open)).port).toBeGreaterThan(0)
})

it('a port that is named is the only one that is tried', async () => {
  const home = await folder()
  const other = await open(0)
  await expect(listenAgain(home, other.port, open)).rejects.toMatchObject({ code: 'cannot_listen' })
})
