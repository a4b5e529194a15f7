/** A submission and its votes: what events add up to, and what the contract stores. */
import { cidToString, type Submission, standingOf, verdictOf } from '@stellartrain/contracts-client'
import { packFlags, type Standing } from '@stellartrain/contracts-client/rules'
import type { SubmissionRow, VoteRecord } from '../project/model.ts'
import { type Fields, hex } from './fields.ts'

export function submissionOfRow(row: SubmissionRow, votes: readonly VoteRecord[]): Fields {
  const { facts } = row
  const open = facts.status.status === 'pending'
  return {
    number: facts.number,
    cid: row.cid,
    commitment: row.commitment,
    time: facts.time,
    units: facts.units,
    status: text(facts.status),
    flags: packFlags(facts),
    voted: row.voted,
    heard: open ? (facts.votes.mth ?? 0) : 0,
    votes: open ? votes.map(({ oracle, verdict }) => `${oracle}/${text(verdict)}`).join() : '',
  }
}

export function submissionOfContract(view: Submission | undefined): Fields {
  if (!view) return { number: 'none' }
  return {
    number: view.number,
    cid: cidToString(view.cid),
    commitment: hex(view.commitment),
    time: view.time,
    units: view.units,
    status: text(standingOf(view)),
    flags: view.flags,
    voted: view.voted,
    heard: view.heard,
    votes: view.votes.map((vote) => `${vote.by}/${text(verdictOf(vote))}`).join(),
  }
}

const text = (standing: Standing): string => Object.values(standing).join('/')
