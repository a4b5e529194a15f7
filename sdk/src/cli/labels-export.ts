/** `stellartrain labels export`: what labelers said and what they agree on, in the formats of other programs. */

import { dirname, extname, join, resolve } from 'node:path'
import { makeFolder } from '@stellartrain/ipfs-content/folder'
import { agree, METHODS, type Method } from '../labels/consensus.ts'
import { exportLabels, FORMATS, type Format } from '../labels/export/export.ts'
import { readLabels } from '../labels/votes.ts'
import { capital, counted, partOf } from '../system/counted.ts'
import { challengeNumber } from './args.ts'
import { connect } from './connect.ts'
import { ownIdentity } from './identity-file.ts'
import { EXIT, type Io, printJson, UsageError } from './io.ts'
import { writeNew } from './read-write.ts'

export const EXPORT_OPTIONS = {
  format: { type: 'string' },
  out: { type: 'string' },
  method: { type: 'string' },
  gateway: { type: 'string' },
  identity: { type: 'string' },
} as const

type Values = Parameters<typeof connect>[0] & {
  [Name in keyof typeof EXPORT_OPTIONS]?: string | undefined
} & { json?: boolean | undefined }

export async function exportChallenge(named: string | undefined, values: Values, io: Io): Promise<number> {
  const challenge = challengeNumber(named)
  const format = oneOf('--format', values.format ?? 'csv', FORMATS) as Format
  const method = oneOf('--method', values.method ?? 'majority', METHODS) as Method
  const { client, options } = await connect(values, io)
  const identity = ownIdentity(values.identity, io)
  const labels = await readLabels(client, challenge, { ...options, identity })
  const items = agree(labels, method)
  const gateway = values.gateway ?? client.gateways[0] ?? 'https://ipfs.io'
  const files = await exportLabels({ labels, items, method, gateway }, format)
  const out = values.out ?? `labels-${challenge}-${format}`
  const paths = files.map(({ name }, at) => pathOf(out, name, at === 0))
  for (const [at, { bytes }] of files.entries()) {
    makeFolder(dirname(resolve(io.cwd, paths[at]!)))
    writeNew(paths[at]!, bytes, io)
  }
  const labeled = items.filter(({ votes }) => votes.length > 0).length
  const told = {
    ...{ challenge, format, method, items: items.length, labeled, votes: labels.votes.length },
    ...{ batches: labels.batches.length, refused: labels.refused, missing: labels.missing, files: paths },
  }
  if (values.json) printJson(io, told)
  else {
    io.stdout(
      `${capital(partOf(labeled, items.length, 'item', { verb: ['has', 'have'] }))} labels: ${counted(labels.votes.length, 'label')} in ${counted(labels.batches.length, 'batch', 'batches')}; consensus by ${method}.\n`,
    )
    for (const path of paths) io.stdout(`  ${path}\n`)
    for (const { number, why } of labels.missing) io.stderr(`Batch ${number} is left out: ${why}.\n`)
    if (labels.refused.length > 0)
      io.stderr(
        `The task does not allow ${counted(labels.refused.length, 'answer')}, which ${labels.refused.length === 1 ? 'is' : 'are'} left out: see provenance.json.\n`,
      )
  }
  return EXIT.ok
}

/** A name with an ending is the file of the labels; what comes with it stands beside it. */
function pathOf(out: string, name: string, first: boolean): string {
  if (extname(out) === '') return join(out, name)
  return first ? out : join(dirname(out), `${name}`)
}

function oneOf(option: string, value: string, allowed: readonly string[]): string {
  if (allowed.includes(value)) return value
  throw new UsageError(`${option} is one of ${allowed.join(', ')}, not "${value}".`)
}
