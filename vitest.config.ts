/** One test run over every package: unit tests stand beside their file, whole-system journeys in local/e2e. */
import { defaultClientConditions, defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

/** The export condition under which packages of this repository are their sources (see .npmrc, which gives it to npm's scripts). */
const SOURCE = 'stellartrain-source'

// What tests start as processes inherits it, however the run itself was started (npm, npx, an editor).
if (!process.env.NODE_OPTIONS?.includes(SOURCE))
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --conditions=${SOURCE}`.trim()

export default defineConfig({
  resolve: { conditions: [SOURCE, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [SOURCE, ...defaultServerConditions] } },
  test: {
    include: [
      '{contracts,ipfs,oracle,indexer}/*/src/**/*.test.ts',
      '{devnet,service,sdk,dapp,local}/src/**/*.test.ts',
      'examples/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**', '**/target/**'],
    // Tests wait for states; these limits only end what hangs, so they hold on a machine with no time to spare.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { interval: 20, timeout: 240_000 } },
    maxWorkers: 2,
  },
})
