/** The JSON documents: strict readers, and published schemas that say the same. */
import { readFileSync } from 'node:fs'
import { StrKey } from '@stellar/stellar-sdk/base'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../encoding/bytes.ts'
import { ContentError } from '../errors.ts'
import { golden } from '../testing/golden.ts'
import { type EarningsReport, encodeEarnings, parseEarnings } from './earnings.ts'
import { checkAgainstTerms, checkManifest, encodeManifest, type Manifest, parseManifest } from './manifest.ts'
import { encodeOpening, type Opening, parseOpening } from './opening.ts'
import { encodeOracleMetadata, parseOracleMetadata } from './oracle-metadata.ts'
import { encodeRanking, parseRanking, RANKING_MAX_TABLE, type RankingReport } from './ranking.ts'
import { encodeReport, type GradedSubmission, type GradeReport, parseReport } from './report.ts'
import { jsonSchemas } from './schema.ts'

const cid = golden.cids[3]!.cid
const hash = 'ab'.repeat(32)
const { contract, solver, network } = golden
const key = golden.keys.versions[0]!.recipient

const addresses = Array.from({ length: RANKING_MAX_TABLE }, (_, index) =>
  StrKey.encodeContract(Uint8Array.from({ length: 32 }, (_, at) => (index >> (8 * (at % 4))) & 0xff)),
)

const manifest: Manifest = {
  format: 'stellartrain/manifest',
  version: 1,
  kind: 'competition',
  title: 'Which penguin is it?',
  summary: 'Species from four measurements.',
  description: '# Penguins\n\nThree species.',
  license: 'CC0-1.0',
  tags: ['tabular', 'small'],
  datasets: [
    {
      name: 'train.csv',
      role: 'train',
      cid,
      sha256: hash,
      bytes: 10,
      version: 1,
      previous: null,
      mediaType: 'text/csv',
    },
  ],
  submission: {
    format: 'csv',
    idColumn: 'id',
    columns: [{ name: 'species', type: 'string', labels: ['Adelie', 'Gentoo'] }],
    rows: 100,
    maxBytes: 100_000,
  },
  metric: { id: 'f1_macro', params: { labels: ['Adelie', 'Gentoo'] }, version: 1 },
  baseline: { description: 'The most frequent species.', score: 0.3, dataset: 'train.csv' },
  truth: { cid, bytes: 5000, recipients: [{ oracle: solver, key }] },
  opens: { truth: true, submissions: 'winning' },
}

const report: GradeReport = {
  format: 'stellartrain/grade-report',
  version: 1,
  network,
  contract,
  challenge: 7,
  oracle: solver,
  manifest: cid,
  engine: { name: '@stellartrain/oracle-grade', version: '0.1.0' },
  metric: manifest.metric,
  submissions: [
    {
      number: 3,
      solver,
      attempt: 1,
      cid,
      units: 0,
      verdict: 'scored',
      score: '-5',
      contentHash: hash,
      rows: 9,
      reason: null,
    },
    {
      number: 4,
      solver,
      attempt: 2,
      cid,
      units: 0,
      verdict: 'rejected',
      score: null,
      contentHash: null,
      rows: null,
      reason: { code: 72, name: 'missing_id' },
    },
  ],
}

const opening: Opening = {
  format: 'stellartrain/opening',
  version: 1,
  network,
  contract,
  challenge: 7,
  by: solver,
  truth: { cid, bytes: 20, salt: hash },
  submissions: [{ number: 3, solver, attempt: 1, sealed: cid, cid, bytes: 20 }],
}

const bytesOf = (value: unknown) => utf8(JSON.stringify(value))

const ranking: RankingReport = {
  format: 'stellartrain/ranking-report',
  version: 1,
  network,
  contract,
  challenge: 7,
  manifest: cid,
  engine: { name: '@stellartrain/oracle-grade', version: '0.1.0' },
  metric: manifest.metric,
  scored: 3,
  places: 1,
  table: [{ number: 4, solver, attempt: 2, score: '9500000' }],
  leftOut: [{ number: 5, why: 'unavailable' }],
}

describe('every document', () => {
  it('reads what it wrote', () => {
    const oracle = {
      format: 'stellartrain/oracle',
      version: 1,
      name: 'O',
      description: '',
      website: null,
      metrics: ['mae'],
    } as const
    expect(parseManifest(encodeManifest(manifest))).toEqual(manifest)
    const split = { ...manifest, truth: { ...manifest.truth!, parts: { public: 30, private: 70 } } }
    expect(parseManifest(encodeManifest(split))).toEqual(split)
    expect(parseReport(encodeReport(report))).toEqual(report)
    expect(parseReport(encodeReport({ ...report, part: 'public' })).part).toBe('public')
    const reason = { code: 204, name: 'evaluator_refused', says: 'Answers are a, b or c.' }
    const refused = { ...report, submissions: [{ ...report.submissions[1]!, reason } as GradedSubmission] }
    expect(parseReport(encodeReport(refused))).toEqual(refused)
    expect(parseRanking(encodeRanking(ranking))).toEqual(ranking)
    expect(parseOpening(encodeOpening(opening))).toEqual(opening)
    const keyed = { ...opening, submissions: opening.submissions.map((one) => ({ ...one, fileKey: '0'.repeat(32) })) }
    expect(parseOpening(encodeOpening(keyed))).toEqual(keyed)
    expect(parseOracleMetadata(encodeOracleMetadata({ ...oracle, metrics: ['mae'] }))).toEqual(oracle)
  })

  it('takes no near-copies that cannot be', () => {
    const pair = { numbers: [1, 3] as [number, number], measure: 'errors' as const, value: 0.95 }
    const withPair = (changes: object) => ({
      ...opening,
      nearCopies: { compared: 2, pairs: [{ ...pair, ...changes }] },
    })
    expect(parseOpening(bytesOf(withPair({}))).nearCopies?.pairs).toEqual([pair])
    for (const changes of [{ value: 1e9 }, { value: -1 }, { numbers: [3, 1] }, { numbers: [3, 3] }])
      expect(() => parseOpening(bytesOf(withPair(changes)))).toThrow(expect.objectContaining({ code: 'bad_opening' }))
  })

  it('has a published JSON Schema that is what the code checks (npm run schema writes it)', () => {
    for (const [file, schema] of Object.entries(jsonSchemas())) {
      const published = readFileSync(new URL(`../../schema/${file}`, import.meta.url), 'utf8')
      expect(JSON.parse(published), file).toEqual(JSON.parse(JSON.stringify(schema)))
    }
  })

  it.each([
    ['not JSON', utf8('{')],
    ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
    ['a byte-order mark', utf8(`\ufeff${JSON.stringify(manifest)}`)],
    ['too large', bytesOf({ ...manifest, description: 'x'.repeat(300_000) })],
    ['an array', utf8('[]')],
  ])('refuses %s', (_what, bytes) => {
    expect(() => parseManifest(bytes)).toThrow(expect.objectContaining({ code: 'bad_manifest' }))
  })
})

const [column] = manifest.submission.columns as [Manifest['submission']['columns'][number]]
/** A manifest with a labeling task whose answers stand in these columns. */
const taskOf = (columns: unknown[], changes: object = {}) => ({
  ...{ kind: 'labeling' as const, submission: { ...manifest.submission, columns } as Manifest['submission'] },
  labeling: {
    ...{ items: 'train.csv', minAccuracy: 0.8 },
    task: {
      show: [{ column: 'photo', as: 'image' as const }],
      answer: { kind: 'choice' as const, choices: [{ value: 'Gentoo' }, { value: 'Adelie' }] },
      ...changes,
    },
  },
})

describe('a manifest', () => {
  const broken: [string, object, string][] = [
    ['an unknown key', { reward: 5 }, ''],
    ['a later version', { version: 2 }, 'version'],
    ['a title of two lines', { title: 'a\nb' }, 'title'],
    ['a long title', { title: 'x'.repeat(121) }, 'title'],
    ['a tag twice', { tags: ['a', 'a'] }, 'tags'],
    ['the same dataset name twice', { datasets: [manifest.datasets[0], manifest.datasets[0]] }, 'datasets'],
    ['a dataset by a CIDv0', { datasets: [{ ...manifest.datasets[0], cid: `Qm${'a'.repeat(57)}` }] }, 'datasets.0.cid'],
    ['no columns to predict', { submission: { ...manifest.submission, columns: [] } }, 'submission.columns'],
    ['the id column to predict', { submission: { ...manifest.submission, idColumn: 'species' } }, 'submission.columns'],
    ['too large submissions', { submission: { ...manifest.submission, maxBytes: 2 ** 30 } }, 'submission.maxBytes'],
    ['a baseline without its dataset', { baseline: { ...manifest.baseline, dataset: 'gone.csv' } }, 'baseline.dataset'],
    ['submissions that open without the truth', { opens: { truth: false, submissions: 'all' } }, 'opens.submissions'],
    [
      'parts that are not all rows',
      { truth: { ...manifest.truth, parts: { public: 30, private: 71 } } },
      'truth.parts',
    ],
    ['a part without rows', { truth: { ...manifest.truth, parts: { public: 0, private: 100 } } }, 'truth.parts.public'],
    [
      'items that were not published',
      { kind: 'labeling', labeling: { items: 'gone.csv', minAccuracy: 0.8 } },
      'labeling.items',
    ],
    [
      'known items that need not be right',
      { kind: 'labeling', labeling: { items: 'train.csv', minAccuracy: 0 } },
      'labeling.minAccuracy',
    ],
    ['batches in a competition', { labeling: { items: 'train.csv', minAccuracy: 0.8 } }, 'labeling'],
    [
      'a task of two columns',
      taskOf([...manifest.submission.columns, { name: 'b', type: 'string' }]),
      'submission.columns',
    ],
    ['a task answered by numbers', taskOf([{ name: 'species', type: 'integer' }]), 'submission.columns'],
    ['answers that its task lacks', taskOf([{ ...column, labels: ['Adelie'] }]), 'submission.columns.0.labels'],
    ['a task about nothing', taskOf([column], { show: [] }), 'labeling.task.show'],
    [
      'private items whose known answers open',
      {
        ...taskOf([{ ...column, labels: ['Gentoo', 'Adelie'] }]),
        labeling: {
          ...{ items: 'train.csv', minAccuracy: 0.8, overlap: 3, private: true, results: `age1${'q'.repeat(58)}` },
        },
        opens: { truth: true, submissions: 'none' },
      },
      'opens.truth',
    ],
    ['no recipient', { truth: { ...manifest.truth, recipients: [] } }, 'truth.recipients'],
    [
      'an oracle address with a typing error',
      {
        truth: {
          ...manifest.truth,
          recipients: [{ oracle: solver.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), key }],
        },
      },
      'truth.recipients.0.oracle',
    ],
  ]
  it('says what labelers see and answer', () => {
    const labeling = checkManifest({ ...manifest, ...taskOf([column]) })
    expect(parseManifest(encodeManifest(labeling))).toEqual(labeling)
  })

  it.each(broken)('with %s is refused, naming the field', (_what, change, path) => {
    const error = (() => {
      try {
        return checkManifest({ ...manifest, ...change })
      } catch (e) {
        return e
      }
    })()
    expect(error).toBeInstanceOf(ContentError)
    expect((error as ContentError).problems.map((problem) => problem.path)).toContain(path)
  })

  it.each([
    ['labels of numbers', { name: 'x', type: 'number', labels: ['1'] }],
    ['bounds of strings', { name: 'x', type: 'string', min: 1 }],
    ['bounds the wrong way round', { name: 'x', type: 'number', min: 2, max: 1 }],
  ])('refuses %s', (_what, column) => {
    const submission = { ...manifest.submission, columns: [column] }
    expect(() => checkManifest({ ...manifest, submission })).toThrow(ContentError)
  })

  it('must agree with the terms on-chain', () => {
    const oracles = [{ address: solver, key }]
    checkAgainstTerms(manifest, { opensTruth: true, oracles })
    const disagree = (terms: Parameters<typeof checkAgainstTerms>[1], of: Manifest = manifest) =>
      expect(() => checkAgainstTerms(of, terms)).toThrow(expect.objectContaining({ code: 'bad_manifest' }))
    disagree({ opensTruth: false, oracles })
    disagree({ opensTruth: true, ranked: true, oracles })
    const labeling = { ...manifest, kind: 'labeling' as const, labeling: { items: 'train.csv', minAccuracy: 0.8 } }
    checkAgainstTerms(labeling, { opensTruth: true, maxUnits: 100, oracles })
    expect(() => checkAgainstTerms(labeling, { opensTruth: true, maxUnits: 99, oracles })).toThrow(/largest batch/)
    disagree({ opensTruth: true, maxUnits: 100, oracles })
    const { truth: _, ...without } = manifest
    disagree({ opensTruth: true, oracles }, without)
    checkAgainstTerms(without, { opensTruth: true, earnings: true, oracles })
    const truth = { ...manifest.truth!, parts: { public: 30, private: 70 } }
    checkAgainstTerms({ ...manifest, truth }, { opensTruth: true, ranked: true, oracles })
    disagree({ opensTruth: true, oracles: [{ address: contract }] })
    disagree({ opensTruth: true, oracles: [{ address: solver, key: golden.keys.versions[1]!.recipient }] })
  })
})

describe('a grade report', () => {
  const change = (index: number, fields: object) => {
    const submissions = report.submissions.map((s, i) => (i === index ? { ...s, ...fields } : s))
    return () => parseReport(bytesOf({ ...report, submissions }))
  }
  it.each([
    ['a score for a rejection', change(1, { score: '1' })],
    ['a rejection without a reason', change(1, { reason: null })],
    ['a reason with text in it', change(1, { reason: { code: 72, name: 'id Adelie is missing' } })],
    [
      'words for another reason than an evaluator’s',
      change(1, { reason: { code: 72, name: 'missing_id', says: 'x' } }),
    ],
    [
      'an evaluator’s words of two lines',
      change(1, { reason: { code: 204, name: 'evaluator_refused', says: 'x\ny' } }),
    ],
    ['a reason beside a score', change(0, { reason: { code: 1, name: 'too_large' } })],
    ['a score with a fraction', change(0, { score: '0.5' })],
    ['a score above 64 bits', change(0, { score: '9223372036854775808' })],
    ['numbers that do not ascend', change(1, { number: 3 })],
  ])('refuses %s', (_what, parse) => {
    expect(parse).toThrow(expect.objectContaining({ code: 'bad_report' }))
  })

  it('holds the whole range of scores', () => {
    expect(change(0, { score: '-9223372036854775808' })().submissions[0]!.score).toBe('-9223372036854775808')
  })
})

describe('an earnings report', () => {
  const leaves = addresses
    .slice(0, 3)
    .toSorted()
    .map((labeler, index) => ({ labeler, cumulative: String(10 ** index) }))
  const earnings: EarningsReport = {
    ...{ format: 'stellartrain/earnings-report', version: 1, network, contract, challenge: 7, epoch: 2 },
    ...{ total: '111', leaves },
  }
  const other = (fields: object) => () => parseEarnings(bytesOf({ ...earnings, ...fields }))

  it('reads what it wrote', () => {
    expect(parseEarnings(encodeEarnings(earnings))).toEqual(earnings)
  })
  it.each([
    ['a total that is not the sum', other({ total: '112' })],
    ['another order', other({ leaves: leaves.toReversed() })],
    ['a labeler twice', other({ leaves: [leaves[0], ...leaves], total: '112' })],
    ['an amount with a fraction', other({ leaves: [{ ...leaves[0], cumulative: '1.5' }], total: '1' })],
    [
      'an amount above 128 bits',
      other({ leaves: [{ ...leaves[0], cumulative: `${2n ** 127n}` }], total: `${2n ** 127n}` }),
    ],
    ['nobody', other({ leaves: [], total: '1' })],
  ])('refuses %s', (_what, parse) => {
    expect(parse).toThrow(expect.objectContaining({ code: 'bad_report' }))
  })
})

describe('a ranking report', () => {
  const other = (fields: object) => () => parseRanking(bytesOf({ ...ranking, ...fields }))
  it.each([
    ['a solver twice', other({ table: [ranking.table[0], { ...ranking.table[0], number: 9 }] })],
    ['more places than solvers', other({ places: 2 })],
    ['a reason in words', other({ leftOut: [{ number: 5, why: 'row r3 should be cat' }] })],
    ['who made it', other({ oracle: solver })],
  ])('refuses %s', (_what, parse) => {
    expect(parse).toThrow(expect.objectContaining({ code: 'bad_report' }))
  })

  it('can be written as long as its lists allow', () => {
    const row = { ...ranking.table[0]!, score: '-9223372036854775808' }
    const number = (index: number) => 4_000_000_000 + index
    const all = Array.from({ length: RANKING_MAX_TABLE }, (_, index) => index)
    const table = all.map((index) => ({ ...row, solver: addresses[index]!, number: number(index) }))
    const leftOut = all.map((index) => ({ number: number(index), why: 'unavailable' as const }))
    expect(parseRanking(encodeRanking({ ...ranking, table, leftOut })).table).toHaveLength(RANKING_MAX_TABLE)
  })
})

describe('an opening', () => {
  it('lists each submission once, in order', () => {
    const twice = { ...opening, submissions: [opening.submissions[0], opening.submissions[0]] }
    expect(() => parseOpening(bytesOf(twice))).toThrow(expect.objectContaining({ code: 'bad_opening' }))
  })
})
