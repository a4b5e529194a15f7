export const help = `Offer the index to a language model, as tools of the Model Context Protocol on stdin and stdout. The tools only
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
