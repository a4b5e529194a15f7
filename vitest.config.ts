/** One test run over every package: unit tests stand beside their file, whole-system journeys in local/e2e. */
import { defaultClientConditions, defaultServerConditions } from 'vite'
import solid from 'vite-plugin-solid'
import { defineConfig } from 'vitest/config'

/** The export condition under which packages of this repository are their sources (see .npmrc, which gives it to npm's scripts). */
const SOURCE = 'stellartrain-source'

// What tests start as processes inherits it, however the run itself was started (npm, npx, an editor).
if (!process.env.NODE_OPTIONS?.includes(SOURCE))
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --conditions=${SOURCE}`.trim()

const exclude = ['**/node_modules/**', '**/dist/**', '**/target/**']
// Tests wait for states; these limits only end what hangs, so they hold on a machine with no time to spare.
const patience = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { interval: 20, timeout: 240_000 } },
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        resolve: { conditions: [SOURCE, ...defaultClientConditions] },
        ssr: { resolve: { conditions: [SOURCE, ...defaultServerConditions] } },
        test: {
          name: 'node',
          include: [
            '{contracts,ipfs,oracle,indexer}/*/src/**/*.test.ts',
            '{devnet,service,sdk,dapp,local}/src/**/*.test.ts',
            'examples/*.test.ts',
          ],
          exclude,
          ...patience,
        },
      },
      {
        // Components in a document: Node would give them Solid's build for servers, which renders once and never again.
        plugins: [solid({ ssr: false, hot: false })],
        resolve: { conditions: [SOURCE, 'browser', 'development', ...defaultClientConditions] },
        ssr: { resolve: { conditions: [SOURCE, 'browser', 'development', ...defaultClientConditions] } },
        test: {
          name: 'pages',
          include: ['dapp/src/**/*.test.tsx'],
          exclude,
          environment: 'happy-dom',
          server: { deps: { inline: [/solid-js/, /@solidjs/, /@kobalte/, /@solid-primitives/, /@corvu/] } },
          ...patience,
        },
      },
    ],
  },
})
