/** `stellartrain download`: a challenge's published files, each checked while it arrives and put in place only when it is whole. */

import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { makeFolder } from '@stellartrain/ipfs-content/folder'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { type ChallengeFile, type ChallengeFiles, listFiles, streamFile } from '../opened/challenge-files.ts'
import { counted } from '../system/counted.ts'
import { UserError } from '../system/problems.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, type Io, printJson, UsageError } from './io.ts'
import { size } from './show.ts'
import { suggest } from './suggest.ts'

const MANY = 1_000

type Result = {
  name: string
  path: string
  bytes: number
  cid: string
  state: 'downloaded' | 'kept'
  checked?: boolean
}

export const download: Command = {
  async run(args, io) {
    const { values, positionals } = parse(
      args,
      { ...NETWORK_OPTIONS, out: { type: 'string' }, all: { type: 'boolean' }, force: { type: 'boolean' } },
      MANY,
    )
    const [text, ...names] = positionals
    const challenge = challengeNumber(text)
    const { client, options } = await connect(values, io)
    const { files, hash } = await listFiles(client, challenge, options)
    const wanted = names.length > 0 ? names.map((name) => named(files, name)) : chosen(files, Boolean(values.all))
    const folder = resolve(io.cwd, values.out ?? `challenge-${challenge}`)
    const say = (line: string) => (values.json ? io.stderr : io.stdout)(line)
    const results: Result[] = []
    const unmatched: string[] = []
    const others: string[] = []
    for (const file of wanted) {
      const path = join(folder, file.name)
      const { name } = file
      const isRight = checkOf(file, hash)
      const there = await copyAt(path, file, isRight)
      if (there === 'other' && !values.force) {
        others.push(path)
        continue
      }
      const kept = typeof there === 'object'
      const copy = kept
        ? there
        : await fetchFirst(
            copiesOf(file),
            path,
            { isRight, force: Boolean(values.force) },
            (one) => streamFile(client, one, options),
            (one) => progressOf(one, io),
          )
      if (!copy) {
        unmatched.push(name)
        continue
      }
      const { cid, bytes } = copy
      const checked = file.submission === null ? null : file.submission.contentHash !== null
      results.push({
        name,
        path,
        bytes,
        cid,
        state: kept ? 'kept' : 'downloaded',
        ...(checked !== null && { checked }),
      })
      say(
        `  ${kept ? 'kept' : 'downloaded'}  ${name}  ${size(bytes)}${checked === false ? '  (no content hash to compare it with)' : ''}\n`,
      )
    }
    if (!values.json) io.stdout(`${counted(results.length, 'file')} in ${folder}\n`)
    const problems = [
      ...(others.length > 0
        ? [`Not replaced, because the content differs: ${others.join(', ')}. Move it away, or use --force.`]
        : []),
      ...(unmatched.length > 0
        ? [`Not downloaded, because what was opened is not what was scored: ${unmatched.join(', ')}.`]
        : []),
    ]
    if (problems.length > 0) throw new UserError('bad_input', problems.join(' '))
    if (values.json) printJson(io, { challenge, folder, files: results })
    return EXIT.ok
  },
}

type IsRight = (csv: () => Promise<Uint8Array>) => Promise<boolean>

/** Whether these bytes are the submission that has its verdict; any other file is right by its CID alone. */
function checkOf({ submission }: ChallengeFile, hash: ChallengeFiles['hash']): IsRight {
  if (!submission?.contentHash || !hash) return async () => true
  return async (csv) => (await hash(await csv(), submission)) === submission.contentHash
}

/** What openers published as one file; a data set and the truth have one copy. */
const copiesOf = (file: ChallengeFile): ChallengeFile[] =>
  file.submission?.copies.map(({ cid, bytes }) => ({ ...file, cid, bytes })) ?? [file]

/** The first copy that is right is put in place. */
async function fetchFirst(
  copies: readonly ChallengeFile[],
  path: string,
  how: { isRight: IsRight; force: boolean },
  stream: (copy: ChallengeFile) => AsyncIterable<Uint8Array>,
  progress: (copy: ChallengeFile) => (sent: number) => void,
): Promise<ChallengeFile | undefined> {
  for (const [index, copy] of copies.entries()) {
    try {
      if (await fetchInto(path, stream(copy), how, progress(copy))) return copy
    } catch (error) {
      // A copy that nobody serves, or that is not as described, must not hide a right one.
      const content = error instanceof ContentError || (error instanceof UserError && error.cause === undefined)
      if (!content || index === copies.length - 1) throw error
    }
  }
  return undefined
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

/** The copy whose very bytes are there already, `other` for anything else of that name, or undefined. */
async function copyAt(
  path: string,
  file: ChallengeFile,
  isRight: IsRight,
): Promise<ChallengeFile | 'other' | undefined> {
  const found = await stat(path).catch(() => lstat(path).catch(() => undefined))
  if (!found) return undefined
  const copies = found.isFile() ? copiesOf(file).filter(({ bytes }) => bytes === found.size) : []
  if (copies.length === 0) return 'other'
  const cid = await computeCid(createReadStream(path))
  const copy = copies.find((one) => one.cid === cid)
  return copy && (await isRight(() => readFile(path))) ? copy : 'other'
}

/** Never shows half a file: it is written under another name, and renamed when the last check has passed. */
async function fetchInto(
  path: string,
  parts: AsyncIterable<Uint8Array>,
  { isRight, force }: { isRight: IsRight; force: boolean },
  onProgress: (sent: number) => void,
): Promise<boolean> {
  const unfinished = `${path}.${randomUUID()}.part`
  try {
    makeFolder(dirname(path))
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
    const right = await isRight(() => readFile(unfinished))
    // A large file takes its time: another may have appeared under its name.
    if (right && !force && (await lstat(path).catch(() => undefined)))
      throw new UserError('bad_input', `The file ${path} appeared during the download and was not replaced.`, {
        cause: path,
      })
    if (right) await rename(unfinished, path)
    else await rm(unfinished, { force: true })
    return right
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {})
    const { code, message } = error as NodeJS.ErrnoException
    if (/^E[A-Z]+$/.test(code ?? ''))
      throw new UserError('bad_input', `The file ${path} cannot be written: ${message}`, { cause: error })
    throw error
  }
}
