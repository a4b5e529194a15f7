/** `stellartrain download`: a challenge's published files, each checked while it arrives and put in place only when it is whole. */
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { type ChallengeFile, listFiles, streamFile } from '../challenge-files.ts'
import { UserError } from '../problems.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, type Io, printJson, UsageError } from './io.ts'
import { size } from './show.ts'
import { suggest } from './suggest.ts'

const help = `Download a challenge's data sets, and after the end the opened truth and submissions.

Usage: stellartrain download CHALLENGE [NAME]... [options]

Without a name it downloads the data sets. Each block is checked against its CID, each data set also against its SHA-256.
A file appears under its name once it is whole; a second run keeps what is there and right, and fetches the rest.

Options
  --out FOLDER        where to (default: challenge-N)
  --all               the opened truth and submissions, too
${NETWORK_HELP}
Examples
  stellartrain download 7
  stellartrain download 7 train.csv test.csv --out data
  stellartrain download 7 --all
`

const MANY = 1_000

type Result = { name: string; path: string; bytes: number; cid: string; state: 'downloaded' | 'kept' }

export const download: Command = {
  help,
  async run(args, io) {
    const { values, positionals } = parse(
      args,
      { ...NETWORK_OPTIONS, out: { type: 'string' }, all: { type: 'boolean' } },
      MANY,
    )
    const [text, ...names] = positionals
    const challenge = challengeNumber(text)
    const { client, options } = await connect(values, io)
    const { files } = await listFiles(client, challenge, options)
    const wanted = names.length > 0 ? names.map((name) => named(files, name)) : chosen(files, Boolean(values.all))
    const folder = resolve(io.cwd, values.out ?? `challenge-${challenge}`)
    const say = (line: string) => (values.json ? io.stderr : io.stdout)(line)
    const results: Result[] = []
    for (const file of wanted) {
      const path = join(folder, file.name)
      const { name, bytes, cid } = file
      const kept = await isThere(path, file)
      if (!kept) await fetchInto(path, streamFile(client, file, options), progressOf(file, io))
      results.push({ name, path, bytes, cid, state: kept ? 'kept' : 'downloaded' })
      say(`  ${kept ? 'kept' : 'downloaded'}  ${name}  ${size(bytes)}\n`)
    }
    if (values.json) printJson(io, { challenge, folder, files: results })
    else io.stdout(`${results.length} ${results.length === 1 ? 'file' : 'files'} in ${folder}\n`)
    return EXIT.ok
  },
}

const chosen = (files: readonly ChallengeFile[], all: boolean) => files.filter(({ kind }) => all || kind === 'data')

function named(files: readonly ChallengeFile[], name: string): ChallengeFile {
  const found = files.find((file) => file.name === name)
  if (found) return found
  const names = files.map((file) => file.name)
  const meant = suggest(name, names)
  throw new UsageError(`The challenge has no file "${name}".${meant ? ` Did you mean ${meant}?` : ''}`)
}

/** A line for each tenth of a large file. */
function progressOf({ name, bytes }: ChallengeFile, io: Io): (sent: number) => void {
  let tenths = 0
  return (sent) => {
    const now = Math.floor((sent / bytes) * 10)
    if (bytes < LARGE || now <= tenths || now === 10) return
    tenths = now
    io.stderr(`  ${name}  ${now * 10}% of ${size(bytes)}\n`)
  }
}

const LARGE = 5_000_000

/** The very bytes are there already. */
async function isThere(path: string, { bytes, cid }: ChallengeFile): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile() || found.size !== bytes) return false
  return (await computeCid(createReadStream(path))) === cid
}

/** Never shows half a file: it is written under another name, and renamed when the last check has passed. */
async function fetchInto(path: string, parts: AsyncIterable<Uint8Array>, onProgress: (sent: number) => void) {
  const unfinished = `${path}.${process.pid}.part`
  try {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(unfinished, 'w')
    try {
      let sent = 0
      for await (const part of parts) {
        await file.write(part)
        sent += part.length
        onProgress(sent)
      }
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    const { code, message } = error as NodeJS.ErrnoException
    if (/^E[A-Z]+$/.test(code ?? ''))
      throw new UserError('bad_input', `The file ${path} cannot be written: ${message}`, { cause: error })
    throw error
  }
}
