/** Evaluators in Python give the same, to the bit, and take the same steps in Node and in Chromium. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { createPython } from '@stellartrain/oracle-grade'
import { build } from 'vite'
import { expect, test } from 'vitest'
import { tableOf } from '../../../oracle/grade/src/program/table.ts'
import { createPythonEvaluator } from '../../../oracle/grade/src/python/evaluator.ts'
import { scoreOf } from '../../../oracle/grade/src/python/python.fixture.ts'
import { openBrowser, testChromium } from './browser.ts'

const chromium = testChromium()

const root = new URL('../../../', import.meta.url)
const { resolve } = createRequire(new URL('oracle/grade/src/python/supply.ts', root))
const FILES = {
  interpreter: readFileSync(resolve('pyodide/pyodide.asm.wasm')),
  stdlib: readFileSync(resolve('pyodide/python_stdlib.zip')),
}

const SOURCES: Readonly<Record<string, string>> = {
  example: readFileSync(new URL('examples/evaluators/python/evaluator.py', root), 'utf8'),
  floats: scoreOf(
    'import math\nx = 0.1\nfor y in solution["y"]:\n    x = math.sin(x) * 1.7 + math.exp(-x) ** 0.3 + math.lgamma(2 + abs(y))\nreturn x',
  ),
  nan: scoreOf('import math, struct\nreturn struct.unpack("<q", struct.pack("<d", math.inf - math.inf))[0] / 3'),
  sorts: scoreOf(
    'import statistics\nreturn statistics.stdev(sorted(solution["y"])) + statistics.median(submission["y"])',
  ),
  texts: scoreOf(
    'import re, json, hashlib, decimal\ntext = json.dumps(solution["y"])\nreturn len(re.findall("[1-3]+", text)) + int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) + float(decimal.Decimal(2).sqrt())',
  ),
  chance: scoreOf(
    'import os, random, time\nreturn random.gauss(0, 1) + hash(str(id(random))) + time.time() + os.urandom(1)[0]',
  ),
  catches: scoreOf(
    'n = 0\nfor y in solution["y"]:\n    try:\n        n += 1 / (y - y)\n    except ZeroDivisionError:\n        n += 1\nreturn n',
  ),
  refuses: scoreOf('raise ParticipantVisibleError(f"Row {solution["y"][0]} is wrong.")'),
  fails: scoreOf('return solution["z"]'),
  endless: scoreOf('while True: pass'),
  greedy: scoreOf('a = []\nwhile True: a.append(bytes(10 ** 5))'),
  deep: scoreOf('def f(x): return sorted([1, 2], key=f)\nf(1)'),
}

const rows = 1000
const noise = (step: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => ((i * step) % 10_007) / 9_973)
const table = (step: number): Uint8Array => tableOf([{ kind: 'number', values: noise(step) }], rows, 2 ** 20)!
const given = [table(7919), table(7907), JSON.stringify(Array.from({ length: rows }, (_, i) => String(i)))] as const

/** The bits of each score, or the fault, and the fuel. */
const ANSWERS = `async (python, sources, truth, submission, ids) => {
  const utf8 = new TextEncoder()
  const params = { module: 'evaluator.py', language: 'python', direction: 'maximize', fuel: 300_000_000, memoryMib: 64, truthColumns: [] }
  const shape = { idColumn: 'id', columns: [{ name: 'y', type: 'number' }] }
  return Object.fromEntries(Object.entries(sources).map(([name, source]) => {
    const evaluator = create({ source: utf8.encode(source), python }, params, shape)
    const ran = evaluator.run(truth, submission, utf8.encode(ids))
    const end = 'score' in ran ? new BigUint64Array(Float64Array.of(ran.score).buffer)[0].toString(16) : ran.fault + ': ' + ran.detail
    return [name, end + ' ' + ran.fuel]
  }))
}`
const answersOf = new Function('create', `return ${ANSWERS}`)(createPythonEvaluator) as (
  ...given: unknown[]
) => Promise<Record<string, string>>

test.skipIf(!chromium)('each ends in Chromium with the bits and the fuel that it has in Node', async () => {
  const here = await answersOf(createPython(FILES), SOURCES, ...given)
  expect(here).toMatchObject({
    example: expect.stringMatching(/^evaluator_trapped: AttributeError at line 14 of evaluator.py \d+$/),
    floats: expect.stringMatching(/^40[0-9a-f]{14} \d+$/),
    refuses: expect.stringMatching(/^evaluator_refused: Row … is wrong\. \d+$/),
    fails: expect.stringMatching(/^evaluator_trapped: KeyError at line 2 of evaluator.py \d+$/),
    endless: expect.stringMatching(/^evaluator_out_of_fuel/),
    greedy: expect.stringMatching(/^evaluator_no_room/),
    deep: expect.stringMatching(/^evaluator_too_deep/),
  })
  const [interpreter, evaluator] = await Promise.all([
    bundled('oracle/grade/src/python/interpreter.ts', 'interpreter'),
    bundled('oracle/grade/src/python/evaluator.ts', 'evaluator'),
  ])
  const server = createServer(({ url }, reply) => {
    const file = FILES[url?.slice(1) as keyof typeof FILES]
    if (file) reply.end(file)
    else reply.setHeader('content-type', 'text/html').end('<title>Python</title>')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const browser = await openBrowser(chromium!)
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    // In a worker, as in the pages: what a page's own thread may compile at once is bounded.
    const script = `${interpreter}; ${evaluator}; const create = evaluator.createPythonEvaluator
      const bytes = async (name) => new Uint8Array(await (await fetch(location.origin + '/' + name)).arrayBuffer())
      onmessage = async ({ data: [sources, truth, submission, ids] }) => {
        try {
          const python = interpreter.createPython({ interpreter: await bytes('interpreter'), stdlib: await bytes('stdlib') })
          postMessage(await (${ANSWERS})(python, sources, truth, submission, ids))
        } catch (error) { postMessage({ error: error.stack }) }
      }`
    const numbers = (bytes: Uint8Array) => `Uint8Array.from(${JSON.stringify([...bytes])})`
    const message = `[${JSON.stringify(SOURCES)}, ${numbers(given[0])}, ${numbers(given[1])}, ${JSON.stringify(given[2])}]`
    const there = await page.evaluate(`new Promise((seen) => {
      const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(script)}])))
      worker.onmessage = ({ data }) => seen(data)
      worker.onerror = ({ message }) => seen({ error: message })
      worker.postMessage(${message})
    })`)
    expect(there).toEqual(here)
  } finally {
    await browser.close()
    server.close()
  }
})

async function bundled(entry: string, name: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['stellartrain-source'] },
    build: { write: false, minify: false, lib: { entry: new URL(entry, root).pathname, formats: ['iife'], name } },
  })
  const [{ output }] = built as { output: { code: string }[] }[] as [{ output: [{ code: string }] }]
  return output[0].code
}
