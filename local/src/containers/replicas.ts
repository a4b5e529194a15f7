/** More than one of what can be more than one, and the archive saved and restored: both on a system that runs. */
import { lastLines } from './engine.ts'
import type { Project } from './project.ts'

const SOON_MS = 600_000

/** Asks again until the answer is what it should be. @throws Error that names what was waited for */
async function until(what: string, ask: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + SOON_MS; Date.now() < end; ) {
    if (await ask().catch(() => false)) return
    await new Promise((done) => setTimeout(done, 500))
  }
  throw new Error(`waited in vain for ${what}`)
}

const answers = async (url: string) => (await fetch(url, { signal: AbortSignal.timeout(5000) })).ok

/** Two API processes answer the same; the writer dies, and the other one writes. */
export async function twoApis(project: Project, first: string, second: string): Promise<void> {
  const list = async (url: string) => (await (await fetch(`${url}/v1/challenges`)).json()) as { data: unknown }
  await until('the second API to answer as the first', async () => {
    const [one, two] = [await list(first), await list(second)]
    return JSON.stringify(one.data) === JSON.stringify(two.data)
  })
  await project.crash('indexer')
  await until('the second API to write', () => answers(`${second}/ready`))
}

/** A replica has every event that the primary has. */
export async function replicated(project: Project): Promise<string> {
  let contents = ''
  await until('the replica to have the events of the primary', async () => {
    contents = await contentsOf(project, 'postgres')
    return (await contentsOf(project, 'postgres-replica')) === contents
  })
  return contents
}

const SCRIPTS = '/opt/stellartrain'

const contentsOf = (project: Project, service: string) => project.exec(service, ['sh', `${SCRIPTS}/contents.sh`])

/** @returns how many events a restored backup has, with their digest. @throws Error where it is not what the database has */
export async function savedAndRestored(project: Project): Promise<string> {
  const script = `sh ${SCRIPTS}/backup.sh > /tmp/dump && sh ${SCRIPTS}/restore.sh restored < /tmp/dump; code=$?; rm -f /tmp/dump; exit $code`
  const restored = lastLines(await project.exec('postgres', ['sh', '-c', script]), 1)
  const contents = await contentsOf(project, 'postgres')
  if (restored !== contents) throw new Error(`the restored archive has ${restored}, the database ${contents}`)
  const cut = await project
    .exec('postgres', ['sh', '-c', `sh ${SCRIPTS}/backup.sh | head -c 20000 | sh ${SCRIPTS}/restore.sh restored`])
    .catch(() => null)
  if (cut !== null) throw new Error('a backup that was cut was restored')
  const still = await project.exec('postgres', ['sh', `${SCRIPTS}/contents.sh`, 'restored'])
  if (still !== restored) throw new Error('a backup that was cut damaged what was there')
  return restored
}

/** Requests through a proxy over both API processes, while one of them dies and comes back. @throws Error for one without an answer */
export async function proxied(project: Project, url: string): Promise<number> {
  await until('the proxy to answer', () => answers(`${url}/health`))
  let asked = 0
  const asking = async () => {
    for (const end = Date.now() + 10_000; Date.now() < end; asked++) {
      const answer = await fetch(`${url}/v1/challenges`, { signal: AbortSignal.timeout(20_000) })
      if (!answer.ok) throw new Error(`the proxy answered ${answer.status} while one API process was dead`)
      await answer.body?.cancel()
      await new Promise((done) => setTimeout(done, 50))
    }
  }
  await Promise.all([
    asking(),
    asking(),
    new Promise((done) => setTimeout(done, 1_500)).then(() => project.crash('indexer-2')),
  ])
  return asked
}
