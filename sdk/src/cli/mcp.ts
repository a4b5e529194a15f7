/** `stellartrain mcp`: the index as tools of the Model Context Protocol, for programs that start their tools themselves. */
import { createInterface } from 'node:readline'
import { bridgeMcp } from '../system/mcp-bridge.ts'
import { parse } from './args.ts'
import { readConfig } from './config.ts'
import { type Command, EXIT } from './io.ts'

const help = `Offer the index to a language model, as tools of the Model Context Protocol on stdin and stdout. The tools only
read; they are those of the indexer's API at /mcp, and count as requests to it.

Usage: stellartrain mcp [options]

Options
  --config FILE       read another config.json

In a client's configuration:
  { "mcpServers": { "stellartrain": { "command": "stellartrain", "args": ["mcp"],
    "env": { "API_URL": "http://localhost:4000" } } } }

Examples
  API_URL=http://localhost:4000 stellartrain mcp
`

export const mcp: Command = {
  help,
  async run(args, io) {
    const { values } = parse(args, { config: { type: 'string' } }, 0)
    const { apiUrl } = readConfig(values, io, ['apiUrl'])
    const lines = createInterface({ input: process.stdin, signal: io.signal })
    await bridgeMcp({ lines, write: (message) => io.stdout(`${message}\n`), apiUrl, signal: io.signal })
    return EXIT.ok
  },
}
