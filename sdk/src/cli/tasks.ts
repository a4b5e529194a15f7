/** `stellartrain tasks`: the items of a labeler's next batch, as a file to fill in. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { asSigner } from '@stellartrain/contracts-client'
import { readTasks, type Tasks } from '../batch.ts'
import { createClient } from '../client.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS, readConfig, readSecret, SIGNER_HELP } from './config.ts'
import { type Command, EXIT, printJson, UsageError } from './io.ts'

const help = `Usage: stellartrain tasks CHALLENGE [options]

Shows the items of your next batch, where a challenge pays for labels: a CSV of what the maker published about each. Label
all of them, in a CSV of the id and the label, and send that with \`stellartrain submit\`.

  --labeler G…        for somebody else
  --attempt N         another attempt's batch than the next one
  --out FILE          write it there; a file that exists is not replaced
${SIGNER_HELP}${NETWORK_HELP}`

export const tasks: Command = {
  summary: 'show the items of your next batch of labels',
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      labeler: { type: 'string' },
      attempt: { type: 'string' },
      out: { type: 'string' },
    })
    const challenge = challengeNumber(positionals[0])
    const attempt = values.attempt === undefined ? undefined : challengeNumber(values.attempt)
    const config = readConfig(values, io)
    const labeler = values.labeler ?? asSigner(readSecret(values, config, io)).address
    const found = await readTasks(createClient(config), { challenge, labeler, attempt }, { signal: io.signal })
    if (values.json) printJson(io, found)
    else if (values.out === undefined) io.stdout(csvOf(found))
    else {
      write(resolve(io.cwd, values.out), csvOf(found))
      const names = found.columns.map(({ name }) => name).join(', ')
      io.stdout(`${found.rows.length} items of attempt ${found.attempt} in ${values.out}; fill in ${names}\n`)
    }
    return EXIT.ok
  },
}

function csvOf({ header, rows }: Tasks): string {
  const quoted = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
  return `${[header, ...rows].map((row) => row.map(quoted).join(',')).join('\n')}\n`
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' })
  } catch (cause) {
    throw new UsageError(`${path} cannot be written; a file that exists is not replaced.`, { cause })
  }
}
