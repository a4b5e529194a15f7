/** What the documentation names exists: files, links and their headings, npm scripts, CLI commands with their options, variables. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { Io } from '../../../sdk/src/cli/io.ts'
import { main } from '../../../sdk/src/cli/main.ts'

const root = resolve(import.meta.dirname, '../../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && file !== 'CHANGELOG.md' && existsSync(join(root, file)))

/** As GitHub makes them of headings. */
const anchors = (markdown: string): string[] =>
  [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- _]/gu, '')
      .replaceAll(' ', '-'),
  )

test.each(files)('links of %s', (file) => {
  const broken = [...read(file).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => {
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? file : join(dirname(file), path)
      if (!existsSync(join(root, target))) return true
      return anchor !== undefined && !anchors(read(target)).includes(anchor)
    })
  expect(broken).toEqual([])
})

test.each(files)('paths of %s', (file) => {
  const tops = /^(contracts|dapp|devnet|docs|examples|indexer|ipfs|local|oracle|sdk|service|\.ci|\.github)\/[\w./-]+$/
  const missing = [...read(file).matchAll(/`([^`\s]+)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => tops.test(path) && !path.includes('NAME') && !/(^|\/)(dist|target)(\/|$)/.test(path))
    .filter((path) => !existsSync(join(root, path)) && !existsSync(join(root, dirname(file), path)))
  expect(missing).toEqual([])
})

/** Names of the scripts in a package's manifest; none where there is no such file. */
function scriptsOf(manifest: string): string[] {
  if (!existsSync(join(root, manifest))) return []
  return Object.keys((JSON.parse(read(manifest)) as { scripts?: Record<string, string> }).scripts ?? {})
}

test('npm scripts: of the repository, or of the package that the file describes', () => {
  const ofAll = scriptsOf('package.json')
  const missing = files.flatMap((file) => {
    const scripts = new Set([...ofAll, ...scriptsOf(join(dirname(file), 'package.json'))])
    return [...read(file).matchAll(/npm run (?:-s )?([\w:-]+)/g)]
      .filter(([, name = '']) => !scripts.has(name))
      .map(([text]) => `${file}: ${text}`)
  })
  expect(missing).toEqual([])
})

/** The help of a command, as a user gets it; undefined: there is no such command. In this process, for speed. */
async function helpOf(command: string): Promise<string | undefined> {
  let help = ''
  const io: Io = {
    stdout: (text) => {
      help += text
    },
    stderr: () => {},
    env: {},
    cwd: root,
    signal: new AbortController().signal,
  }
  return (await main([command, '--help'], io)) === 0 ? help : undefined
}

test('commands of the CLI and their options', async () => {
  const helps = new Map<string, string | undefined>()
  const wrong: string[] = []
  for (const file of files) {
    for (const [text, command = ''] of read(file).matchAll(/npx stellartrain ([a-z]\w*)[^\n`|]*/g)) {
      if (!helps.has(command)) helps.set(command, await helpOf(command))
      const help = helps.get(command)
      if (help === undefined) wrong.push(`${file}: ${text}: no such command`)
      for (const [option] of text.matchAll(/--[a-z][\w-]*/g))
        if (help !== undefined && option !== '--help' && !help.includes(option))
          wrong.push(`${file}: ${text}: ${option}`)
    }
  }
  expect(helps.size).toBeGreaterThan(10)
  expect(wrong).toEqual([])
})

test("the README of the CLI's package has every command", async () => {
  const { COMMANDS } = await import('../../../sdk/src/cli/commands.ts')
  const rows = read('sdk/README.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  const named = new Set(
    rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)/g)].map(([, name]) => name)),
  )
  expect(Object.keys(COMMANDS).filter((name) => !named.has(name))).toEqual([])
})

test('variables of the configuration reference are read by the code', () => {
  const names = [...new Set(read('docs/configuration.md').match(/\b[A-Z]{2,}[A-Z_]*_[A-Z_]+\b/g))]
  const unknown = names.filter((name) => {
    try {
      execFileSync('git', ['grep', '-q', '-w', name, '--', '*.ts', ':!*.test.ts'], { cwd: root })
      return false
    } catch {
      return true
    }
  })
  expect(names.length).toBeGreaterThan(10)
  expect(unknown).toEqual([])
})

test('files and names that the walks of CONTRIBUTING lead to', () => {
  const walks = /## Where a change starts\n([\s\S]*?)\n## Rules/.exec(read('CONTRIBUTING.md'))?.[1] ?? ''
  const words = [...new Set([...walks.matchAll(/`([^`\s]+)`/g)].map(([, word = '']) => word))]
  const all = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  const isFile = /^[\w./-]+\.(ts|tsx|js|rs|py|sh|json|yml)$/
  const names = words.filter((word) => /^[a-zA-Z]\w+$/.test(word))
  const wanted = words.filter((word) => isFile.test(word) && !word.includes('NAME'))
  expect(Math.min(names.length, wanted.length)).toBeGreaterThan(15)
  const missing = wanted.filter((word) => !`/${all.replaceAll('\n', '\n/')}`.includes(`/${word}\n`))
  const unknown = names.filter((name) => {
    try {
      execFileSync('git', ['grep', '-q', '-w', name, '--', '*.ts', '*.tsx', '*.rs', '*.json'], { cwd: root })
      return false
    } catch {
      return true
    }
  })
  expect([...missing, ...unknown]).toEqual([])
})
