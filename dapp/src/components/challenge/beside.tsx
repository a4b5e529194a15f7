/** What is known of the contract that judges a challenge, or admits to it, after it was read from the ledger. */
import type { JSX } from 'solid-js'
import { createTask } from '../../lib/reactive/task.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { asContract } from '../../lib/verdict/jury.ts'
import { wallet } from '../../lib/wallet/session.ts'
import { Addressed } from '../ui/addressed.tsx'

export function JudgeWords(props: { challenge: Challenge }): JSX.Element {
  const words = createTask(
    () => {
      const judge = asContract(props.challenge.judge?.address)
      return judge && `${judge} ${props.challenge.recountFollowed ? 'followed' : ''}`
    },
    async (asked) => {
      const [judge = '', followed] = asked.split(' ')
      return (await import('../../lib/write/periphery.ts')).describeJudge(judge, followed === 'followed')
    },
  )
  return <Known words={words.value()} failed={words.failure() !== undefined} />
}

export function GateWords(props: { challenge: Challenge }): JSX.Element {
  const words = createTask(
    () => {
      const gate = asContract(props.challenge.gate)
      // As text, so that a challenge that was read anew asks nothing again.
      return gate && `${gate} ${wallet()?.address ?? ''}`
    },
    async (asked) => {
      const [gate = '', solver] = asked.split(' ')
      return (await import('../../lib/write/periphery.ts')).describeGate(gate, solver || undefined)
    },
  )
  return <Known words={words.value()} failed={words.failure() !== undefined} />
}

function Known(props: { words: string | undefined; failed: boolean }): JSX.Element {
  return (
    <>
      {' '}
      <Addressed text={props.words ?? (props.failed ? 'What it says of itself cannot be read now.' : '')} />
    </>
  )
}
