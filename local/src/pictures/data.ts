/** A system with something of everything: each state that a page can show is there to be drawn. */
import { Ranking, view, views } from '@stellartrain/contracts-client'
import { end } from '@stellartrain/contracts-client/rules'
import { until } from '@stellartrain/contracts-client/testing/until'
import { readTasks } from '@stellartrain/sdk/batch'
import { penguins } from '../challenges/penguins.ts'
import { labelPlans } from '../e2e/label-tasks.ts'
import { answers, bounty, guesses, labeling, leasedLabeling, predictions, ranking } from '../e2e/letters.ts'
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
  const parts = await startParts()
  try {
    const { fixture } = parts
    const people = await makePeople(fixture)
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
      ...{ judging: before.challenge, kept: kept.challenge, noTurn: noTurn.challenge, noFile: missing.challenge },
    }
  } catch (error) {
    await parts.close()
    throw error
  }
}

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
