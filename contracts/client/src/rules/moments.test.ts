/** What the model's calls did in moments of random stories is what the functions here foretell. */
import { describe, expect, test } from 'vitest'
import { claims } from './board.ts'
import { closing, contenders } from './close.ts'
import { ranksNow, votesDue } from './duties.ts'
import { packFlags } from './flags.ts'
import { CASES, MOMENTS, unpack } from './moments.fixture.ts'
import { owed, release, standing } from './owed.ts'
import { mayCancel, mayClose, mayRank, mayReveal, mayRule, mayTopUp, mayTopUpPrize, mayVote, phase } from './phase.ts'
import { postBallot, postVote, takesPart } from './post.ts'
import { earliest, step } from './queue.ts'
import { fold } from './records.ts'
import { settle } from './settle.ts'
import { counted } from './verdict.ts'
import { refusesBallot, refusesVote } from './votes.ts'

test('a challenge: phase, calls that are taken, claims, contenders, close', () => {
  for (const it of MOMENTS) {
    const { terms, challenge, now, name } = it
    const found = phase(terms, challenge, now)
    expect(found, name).toBe(it.phase)
    const open = challenge.submitted - challenge.concluded
    const placed = challenge.rankings.placed !== null
    expect(
      [
        mayCancel(found, true),
        mayCancel(found, false),
        mayTopUp(found),
        mayTopUpPrize(found, terms),
        mayRank(found, terms, { by: 'oracle', open, placed }),
        terms.judge !== null && mayRank(found, terms, { by: 'judge', open, placed }),
        mayClose(found),
        mayReveal(found, terms),
      ],
      name,
    ).toEqual(it.may)
    expect([claims(terms, challenge, now), contenders(terms, challenge, now)], name).toEqual([it.claims, it.contenders])

    const close = closing(terms, challenge, it.purse, now)
    if (it.close === null) expect(close, name).toBeUndefined()
    else {
      const { folds, ...sent } = it.close
      expect(close, name).toMatchObject(sent)
      expect(fold(terms, challenge, it.conduct, now) ?? null, name).toEqual(folds)
    }
    if (close) expect(close.prize + close.budget, name).toBe(close.total)
  }
})

describe('a submission', () => {
  test('what is owed, and how it stands, is what release_payment sends and writes', () => {
    for (const { terms, challenge, now, own, submission, name } of CASES) {
      const found = owed(terms, challenge, submission, now)
      expect(found, name).toMatchObject(own.owed)
      expect(found.prize + found.carry + found.deposit + found.pay, name).toBe(found.total)
      expect(standing(terms, challenge, submission, now), name).toEqual(own.standing)
      if (!own.paid) continue
      const after = release(terms, { challenge, submission }, now)
      expect([packFlags(after.submission), after.submission.status], name).toEqual([own.paid.flags, own.standing])
      expect(owed(terms, after.challenge, after.submission, now).total, name).toBe(0n)
    }
  })

  test('the step, and the earliest moment of one', () => {
    for (const { terms, challenge, now, own, submission, name } of CASES) {
      if (!own.step) continue
      expect(step(terms, challenge, submission, now), name).toMatchObject(own.step)
      expect(earliest(terms, challenge, submission, now), name).toEqual(own.earliest)
    }
  })

  test('settling changes counters, board, tables and the submission', () => {
    for (const { terms, challenge, now, own, submission, name } of CASES) {
      if (!own.settled) continue
      const after = settle(terms, { challenge, submission }, now)
      expect(after.challenge, name).toEqual({ ...challenge, ...own.settled.challenge })
      expect(after.submission, name).toEqual(unpack({ ...own.facts, ...own.settled.submission }))
    }
  })

  test('the moments show all that can happen', () => {
    const steps = CASES.map(({ own }) => (own.step?.does === 'conclude' ? own.step.ending : own.step?.does))
    for (const kind of ['void', 'unsettled', 'pass_over', 'nothing']) expect(steps).toContain(kind)
    const stands = new Set(CASES.map(({ own }) => own.standing.status))
    expect([...stands].toSorted()).toEqual(['pending', 'rejected', 'scored', 'unavailable', 'unsettled', 'void'])
    for (const rule of ['bounty', 'ranked', 'per_unit'])
      expect(CASES.filter(({ terms, own }) => terms.payout.rule === rule && own.owed.total > 0n)).not.toEqual([])
    expect(CASES.filter(({ own }) => own.owed.prize > 0n)).not.toEqual([])
    expect(CASES.filter(({ own }) => own.standing.status !== own.facts.status.status)).not.toEqual([])
  })
})

test('a vote is taken or refused, and may decide and keep a place', () => {
  const seen = { refused: 0, decides: 0, keeps: 0 }
  for (const { terms, challenge, now, submissions, vote, name } of MOMENTS) {
    if (!vote) continue
    const submission = unpack(submissions[vote.number - 1]!.facts)
    const verdict = counted(vote.verdict, terms, submission.units)
    const own = verdict && { oracle: vote.oracle, verdict }
    const part = takesPart(challenge, submission)
    const refused = own && part && refusesVote(terms, submission.time, submission.votes, own, now)
    const taken = mayVote(phase(terms, challenge, now), terms, now) && own && !refused
    expect(Boolean(taken), name).toBe(vote.after !== null)
    if (!own || !vote.after) {
      seen.refused++
      continue
    }
    const after = postVote(terms, { challenge, submission }, own, now)
    expect(after.challenge, name).toEqual({ ...challenge, ...vote.after.challenge })
    expect([after.submission.votes.decision, after.submission.kept], name).toEqual([
      vote.after.decision,
      vote.after.kept,
    ])
    seen.decides += after.challenge.decided - challenge.decided
    seen.keeps += after.challenge.kept - challenge.kept
  }
  expect(Object.values(seen).every((times) => times > 0)).toBe(true)
})

test('a ballot is taken or refused, and decides', () => {
  const seen = { refused: 0, decides: 0 }
  for (const { terms, challenge, now, submissions, ballot, name } of MOMENTS) {
    if (!ballot) continue
    const submission = unpack(submissions[ballot.number - 1]!.facts)
    const verdict = counted(ballot.verdict, terms, submission.units)!
    const taken =
      mayRule(phase(terms, challenge, now), terms, now) &&
      takesPart(challenge, submission) &&
      !refusesBallot(terms, submission.votes, verdict)
    expect(taken, name).toBe(ballot.after !== null)
    if (!ballot.after) {
      seen.refused++
      continue
    }
    const after = postBallot(terms, { challenge, submission }, verdict)
    expect(after.challenge, name).toEqual({ ...challenge, ...ballot.after.challenge })
    expect([after.submission.votes.decision, after.submission.kept], name).toEqual([
      ballot.after.decision,
      ballot.after.kept,
    ])
    seen.decides++
  }
  expect(Object.values(seen).every((times) => times > 0)).toBe(true)
})

test('honest oracles vote and rank as the model does', () => {
  const seen = { votes: 0, copies: 0, ranks: 0 }
  for (const { terms, challenge, now, submissions, duty, name } of MOMENTS) {
    if (!duty) continue
    const own = { ...terms, uniqueContent: duty.uniqueContent }
    const oracle = { place: duty.place, grade: (number: number) => duty.grades[number - 1] ?? undefined, copy: 40 }
    const due = votesDue(
      own,
      challenge,
      submissions.map(({ facts }) => unpack(facts)),
      oracle,
      now,
    )
    // The model does not say which submission was copied: one with a lower number.
    expect(
      due.map(({ copied: _, ...vote }) => vote),
      name,
    ).toEqual(duty.votes)
    for (const { number, copied = 0 } of due) expect(copied, name).toBeLessThan(number)
    expect(ranksNow(own, challenge, now), name).toBe(duty.ranks)
    seen.votes += due.length
    seen.copies += due.filter(({ verdict }) => verdict.status === 'rejected' && verdict.reason === 40).length
    seen.ranks += Number(duty.ranks)
  }
  expect(Object.values(seen).every((times) => times > 0)).toBe(true)
})
