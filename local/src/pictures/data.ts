/** A system with something of everything: each state that a page can show is there to be drawn. */
import { Keypair, Operation } from '@stellar/stellar-sdk'
import { Ranking, sendOperations, view, views } from '@stellartrain/contracts-client'
import { end } from '@stellartrain/contracts-client/rules'
import { until } from '@stellartrain/contracts-client/testing/until'
import { readTasks } from '@stellartrain/sdk/batch'
import { memoryDrafts } from '@stellartrain/sdk/drafts'
import { handInBatch, readWork } from '@stellartrain/sdk/work'
import { penguins } from '../challenges/penguins.ts'
import { labelPlans } from '../e2e/label-tasks.ts'
import {
  answers,
  bounty,
  guesses,
  labeling,
  leasedLabeling,
  predictions,
  quizzedLabeling,
  ranking,
} from '../e2e/letters.ts'
import { type Parts, startParts } from '../e2e/parts.ts'
import { fitForest } from '../models/forest.ts'
import { flipperRule } from '../models/rule.ts'
import { DATA, readTable } from '../models/table.ts'
import { makePeople, type People } from '../world/people.ts'
import { send } from '../world/send.ts'
import { judging, keptPlace, leftUndecided, neverItsTurn, noFile, termsFor, twoHands } from '../world/undecided.ts'

export type PictureData = People & {
  parts: Parts
  /** Numbers of challenges. */
  ended: number
  penguins: number
  running: number
  labels: number
  /** Paid labels with leases. */
  leased: number
  /** The same after a quiz, where the oracle pays network fees; and somebody who needs that. */
  quizzed: number
  poor: Keypair
  /** Labels paid as earnings, with batches in epochs and one that waits. */
  earned: number
  /** One for each kind of answer, by its name. */
  kinds: Readonly<Record<string, number>>
  hostile: number
  left: Awaited<ReturnType<typeof leftUndecided>>
  judging: number
  kept: number
  noTurn: number
  noFile: number
}

const AFTER_THE_DEADLINE = 7_300

export async function makePictureData(): Promise<PictureData> {
  let people!: People
  const parts = await startParts({
    async oracle(fixture) {
      people = await makePeople(fixture)
      const payer = await fixture.person()
      return { sponsorSecretKey: payer.secret(), sponsorMakers: [people.maker.publicKey()] }
    },
  })
  try {
    const { fixture } = parts
    const beside = await twoHands(parts)
    const { maker, ada, grace, linus } = people

    // The clock only moves forward: first what is over, then what waits for a judge, last what is open.
    const left = await leftUndecided(parts, people, beside)
    const ended = await parts.open(maker, ranking)
    await send(parts, ended, ada, predictions(0, 9))
    await send(parts, ended, grace, predictions(1, 0))
    await send(parts, ended, linus, predictions(2, 3))
    await fixture.net.warp(AFTER_THE_DEADLINE)
    await ranked(parts, ended)
    await parts.warpTo(end(await termsFor(parts, ended)))
    await opened(parts, ended)
    const before = await judging(parts, people, beside)

    const train = readTable(`${DATA}penguins/train.csv`)
    const test = readTable(`${DATA}penguins/test.csv`)
    const { oracles: _, deadline: __, ...plan } = penguins({ oracles: [parts.oracle], deadline: new Date() })
    const birds = await parts.open(maker, plan)
    await send(parts, birds, grace, flipperRule(train, test))
    await send(parts, birds, ada, fitForest(train, test, 'sex'))

    const running = await parts.open(maker, { ...ranking, title: 'Letters, the ranking still open' })
    await send(parts, running, ada, predictions(0, 9))
    await send(parts, running, grace, predictions(2, 0))
    await send(parts, running, linus, predictions(5, 5))

    const labels = await parts.open(maker, labeling)
    const { rows } = await readTasks(parts.sdk, { challenge: labels, labeler: linus.publicKey() })
    await send(parts, labels, linus, answers(rows.map(([id]) => id!)))

    const leased = await parts.open(maker, leasedLabeling)
    const quizzed = await parts.open(maker, { ...quizzedLabeling, deposit: '0' })
    const poor = Keypair.random()
    const made = Operation.createAccount({ destination: poor.publicKey(), startingBalance: '1' })
    await sendOperations(parts.sdk.chain, [made], maker, { pollMs: 50 })
    const earned = await earnings(parts, people)
    const plans = await labelPlans((bytes) => parts.sdk.sessions.upload(bytes, maker))
    const kinds: Record<string, number> = {}
    for (const [kind, plan] of Object.entries(plans)) kinds[kind] = await parts.open(maker, plan)

    const hostile = await parts.open(maker, {
      ...bounty,
      title: HOSTILE_TITLE,
      summary: HOSTILE_SUMMARY,
      description: HOSTILE,
    })
    for (const n of [1, 2, 3, 4, 5, 6]) await send(parts, hostile, n % 2 ? grace : linus, guesses(n))
    const noTurn = await neverItsTurn(parts, people, beside)
    const missing = await noFile(parts, people)
    const kept = await keptPlace(parts, people, beside)
    return {
      ...{ parts, ...people, ended, penguins: birds, running, labels, leased, kinds, hostile, left },
      ...{ quizzed, poor, earned },
      ...{ judging: before.challenge, kept: kept.challenge, noTurn: noTurn.challenge, noFile: missing.challenge },
    }
  } catch (error) {
    await parts.close()
    throw error
  }
}

/** Two labelers whose batches are in epochs, one of them with a rejected one that is appealed by nobody, and a batch that waits for its epoch. */
async function earnings(parts: Parts, { maker, ada, grace, linus }: People): Promise<number> {
  const { labeling: described, submission, ...plan } = leasedLabeling
  const challenge = await parts.open(maker, {
    ...plan,
    title: 'Letters, labeled for earnings',
    submission: { ...submission, rows: BATCH },
    payout: { rule: 'earnings', prize: '40' },
    labeling: { ...described!, perItem: '0.5', results: 'everyone', epochSeconds: EPOCH_SECONDS },
    publishes: { truth: false, submissions: 'none' },
  })
  const label = async (who: Keypair, wrong: boolean) => {
    const drafts = memoryDrafts()
    const { rows } = await readWork(parts.sdk, { challenge }, { signer: who, drafts })
    const ids = rows.map(([id]) => id!)
    const csv = answers(ids, wrong ? ids : [])
    await handInBatch(parts.sdk, { challenge, csv, signer: who, drafts })
  }
  for (const [who, wrong] of [
    [ada, false],
    [grace, false],
    [linus, true],
  ] as const)
    await label(who, wrong)
  const epochs = async () => (await view(parts.sdk.chain, views.earnings({ challenge }))).epochs
  await parts.fixture.net.warp(EPOCH_SECONDS)
  await until(async () => (await epochs()) > 0, { what: 'the epoch of the first batches' })
  await label(grace, false)
  return challenge
}

const BATCH = 10
const EPOCH_SECONDS = 600

const ranked = ({ sdk }: Parts, challenge: number) =>
  until(async () => (await view(sdk.chain, views.state({ challenge }))).ranking !== Ranking.Open, {
    what: `the ranking of challenge ${challenge}`,
  })
const opened = ({ sdk, oracle }: Parts, challenge: number) =>
  until(() => view(sdk.chain, views.revealed({ challenge, by: oracle })), { what: 'the opening' })

const HOSTILE_TITLE = '<b>Bold</b> & "quoted" — a title with many words that a maker thought were all of them needed'
const HOSTILE_SUMMARY = `<script>alert(1)</script> ${'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2)}`
const HOSTILE = `# A first heading

<details>hidden text</details> after details

<img src=x onerror=alert(1)>
A line directly below, with [a link](https://example.org) and **bold** words.

![A leaf under a lens](https://example.org/leaf.png) and [bad](javascript:alert(1)), [worse](//evil.example).

- [x] a finished task
- [ ] an open one

Inline $\\hat{y}_i = \\sum_j w_j x_{ij}$, a price of $5 or $10, and a footnote.[^1]

$$
\\mathrm{MCC} = \\frac{TP \\cdot TN - FP \\cdot FN}{\\sqrt{(TP+FP)(TP+FN)(TN+FP)(TN+FN)}}
$$

[^1]: The source is [a paper](https://example.org/paper), page 2.

\`\`\`python
import pandas as pd
train = pd.read_csv("train.csv")  # a long line that does not fit on a phone and has to scroll by itself, whatever happens
\`\`\`

| Column | Unit | Meaning | Range | Missing |
|---|---|---|---|---|
| altitude | m | above the sea | 0 to 2400 | 0 % |
| acidity | 1 | tasted | 0 to 10 | 2 % |
`
