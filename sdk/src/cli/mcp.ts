/** `stellartrain mcp`: the index as tools of the Model Context Protocol, for programs that start their tools themselves. */
import { createInterface } from 'node:readline'
import { bridgeMcp } from '../system/mcp-bridge.ts'
import { parse } from './args.ts'
import { readConfig } from './config.ts'
import { type Command, EXIT } from './io.ts'

export const mcp: Command = {
  async run(args, io) {
    const { values } = parse(args, { config: { type: 'string' } }, 0)
    const { apiUrl } = readConfig(values, io, ['apiUrl'])
    const lines = createInterface({ input: process.stdin, signal: io.signal })
    await bridgeMcp({ lines, write: (message) => io.stdout(`${message}\n`), apiUrl, signal: io.signal })
    return EXIT.ok
  },
}
