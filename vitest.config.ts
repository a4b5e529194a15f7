/** Tests of every package: those of `npm test` stand beside their file, journeys through running services in folders `journeys` and `e2e`. */
import { fileURLToPath } from 'node:url'
import { defaultClientConditions } from 'vite'
import solid from 'vite-plugin-solid'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The export condition under which packages of this repository are their sources (see .npmrc, which gives it to npm's scripts). */
const SOURCE = 'stellartrain-source'

// What tests start as processes inherits it, however the run itself was started (npm, npx, an editor).
if (!process.env.NODE_OPTIONS?.includes(SOURCE))
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --conditions=${SOURCE}`.trim()

// V8's code cache of what is imported from node_modules, for every worker and every process that a test starts.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('./node_modules/.cache/compiled', import.meta.url))

const exclude = ['**/node_modules/**', '**/dist/**', '**/target/**']
// Tests wait for states; these limits only end what hangs, so they hold on a machine with no time to spare.
const patience = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { interval: 50, timeout: 240_000 } },
}

/** Journeys: several services at once, and browsers. `npm run test:journeys` runs them, `npm test` the others. */
const JOURNEYS = ['**/src/{e2e,journeys}/**/*.test.ts']

/** What takes longest of a first run, on a machine that has measured no file yet. */
const WHOLE_SYSTEM = /\/(e2e|journeys)\/|\/(faults|stories|main|loop)\.test\.ts$/

/**
 * The order of a first run: journeys of browsers and whole systems before all else. vitest would take the largest files first, and the longest
 * journey would begin when everything else is done.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    if (files.every((one) => this.ctx.cache.getTestSpecificationResult(one))) return sorted
    const isLong = ({ moduleId }: TestSpecification) => WHOLE_SYSTEM.test(moduleId)
    return [...sorted.filter(isLong), ...sorted.filter((one) => !isLong(one))]
  }
}

/** Sources are what Node runs them as, each loaded once by a worker; files of tests share no state but that of modules. */
const onNode = {
  isolate: false,
  experimental: { viteModuleRunner: false, nodeLoader: false },
  globalSetup: './local/src/system/testing/built-services.ts',
  ...patience,
}
const conditions = { resolve: { conditions: [SOURCE] }, ssr: { resolve: { conditions: [SOURCE] } } }

export default defineConfig({
  test: {
    // Three for each core of the smallest machine: much of a test is waiting for a ledger.
    maxWorkers: 6,
    sequence: { sequencer: LongestFirst },
    // What Solid's compiler and Vite make of a source is kept until that source changes.
    fsModuleCache: true,
    globalSetup: './local/src/system/testing/run-folder.ts',
    projects: [
      {
        ...conditions,
        test: {
          name: 'node',
          include: [
            '{contracts,ipfs,oracle,indexer}/*/src/**/*.test.ts',
            '{devnet,service,sdk,dapp,local}/src/**/*.test.ts',
            'examples/*.test.ts',
          ],
          exclude: [...exclude, ...JOURNEYS],
          ...onNode,
        },
      },
      { ...conditions, test: { name: 'journeys', include: JOURNEYS, exclude, ...onNode } },
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
          isolate: false,
          setupFiles: './dapp/src/testing/apart.ts',
          server: { deps: { inline: [/solid-js/, /@solidjs/, /@kobalte/, /@solid-primitives/, /@corvu/] } },
          ...patience,
        },
      },
    ],
  },
})
