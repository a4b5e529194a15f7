/** `stellartrain dataset`: the versions of a challenge's data sets, and how two of them differ. */

import { type DatasetDiff, diffDatasets, type Ids } from '../challenge/dataset-diff.ts'
import { type DatasetVersion, datasetOf, datasetVersions, type VersionsFound } from '../challenge/dataset-versions.ts'
import { fetchContent } from '../system/content.ts'
import { UserError } from '../system/problems.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, printJson, UsageError } from './io.ts'
import { size } from './show.ts'

/** Both files are held in memory while they are compared. */
const MOST_BYTES = 256 * 1024 * 1024

export const dataset: Command = {
  async run(args, io) {
    const { values, positionals } = parse(
      args,
      { ...NETWORK_OPTIONS, from: { type: 'string' }, id: { type: 'string' } },
      3,
    )
    const [what, id, name] = positionals
    if (what !== 'versions' && what !== 'diff') throw new UsageError('Say what to do: versions or diff.')
    const challenge = challengeNumber(id)
    if (what === 'diff' && name === undefined) throw new UsageError('Name a data set, e.g. train.csv.')
    const { client, options } = await connect(values, io)
    if (what === 'versions') {
      const found = await datasetVersions(client, challenge, name, options)
      if (values.json) printJson(io, found)
      else io.stdout(versionsText(found))
      return EXIT.ok
    }
    const after = await datasetOf(client, challenge, name!, options)
    const before = await otherOf(values.from)
    for (const one of [before, after]) if ('bytes' in one && one.bytes > MOST_BYTES) throw tooLarge(one)
    const read = (cid: string, bytes = MOST_BYTES) => fetchContent(client, cid, bytes, options)
    const [old, now] = [await read(before.cid, before.bytes), await read(after.cid, after.bytes)]
    const diff = diffDatasets(old, now, values.id ?? after.idColumn)
    if (values.json) printJson(io, { before, after, diff })
    else io.stdout(diffText(diff, before, after))
    return EXIT.ok

    async function otherOf(from: string | undefined): Promise<Before> {
      if (from !== undefined) {
        const [, number, named] = /^(\d+)\/(.+)$/.exec(from) ?? []
        if (named === undefined)
          throw new UsageError(`--from is a challenge and a name, e.g. 3/train.csv, not "${from}".`)
        return datasetOf(client, challengeNumber(number), named, options)
      }
      if (after.previous !== null) return { cid: after.previous, name: after.name, version: after.version - 1 }
      throw new UserError(
        'bad_input',
        `${after.name} of challenge ${challenge} is a first version: name another one with --from.`,
      )
    }
  },
}

function tooLarge({ name, bytes }: { name: string; bytes?: number }): UserError {
  return new UserError(
    'bad_input',
    `${name} has ${size(bytes ?? 0)}; files of up to ${size(MOST_BYTES)} are compared here.`,
  )
}

function versionsText({ datasets, unread, from }: VersionsFound): string {
  const lines = datasets.flatMap(({ name, versions, missing }) => [
    name,
    ...versions.map(versionLine),
    ...(missing === null ? [] : [`  before       ${missing}, which no challenge that was looked at describes`]),
  ])
  if (unread.length > 0) lines.push(`Not read, and perhaps with more versions: challenge ${unread.join(', ')}.`)
  if (from > 1) lines.push(`Challenges before ${from} were not looked at.`)
  return lines.length === 0 ? 'The challenge publishes no data.\n' : `${lines.join('\n')}\n`
}

const versionLine = ({ version, challenge, bytes, cid }: DatasetVersion) =>
  `  version ${String(version).padEnd(4)} ${size(bytes).padStart(9)}  challenge ${challenge}\n      ${cid}`

/** What a version is compared with: one of a challenge, or the one that it names as the version before. */
type Before = Pick<DatasetVersion, 'cid' | 'name' | 'version'> & Partial<Pick<DatasetVersion, 'bytes' | 'challenge'>>

const named = ({ name, version, challenge }: Before) =>
  `version ${version} of ${name}${challenge === undefined ? '' : ` in challenge ${challenge}`}`

function diffText({ bytes, rows, columns, ids }: DatasetDiff, before: Before, after: DatasetVersion): string {
  const change = (one: { before: number; after: number }, unit: string) =>
    `${one.before.toLocaleString('en')} → ${one.after.toLocaleString('en')} ${unit}`
  const some = ({ count, first }: Ids) => {
    const more = count > first.length ? ', …' : ''
    return count === 0 ? 'none' : `${count.toLocaleString('en')}: ${first.join(', ')}${more}`
  }
  const lines = [`From ${named(before)}\n  to ${named(after)}`, `  size      ${change(bytes, 'bytes')}`]
  if (rows === null || columns === null) lines.push('  Rows are not compared: at least one of the files is not CSV.')
  else {
    lines.push(`  rows      ${change(rows, 'rows')}`)
    const list = (names: string[]) => names.join(', ') || 'none'
    lines.push(`  columns   added ${list(columns.added)}; removed ${list(columns.removed)}`)
    if (ids === null)
      lines.push('  Rows are not compared: no id column names each row once in both files. Name one with --id.')
    else
      lines.push(
        `  added     ${some(ids.added)}`,
        `  removed   ${some(ids.removed)}`,
        `  changed   ${some(ids.changed)}`,
        `  the same  ${ids.unchanged.toLocaleString('en')}`,
      )
  }
  return `${lines.join('\n')}\n`
}
