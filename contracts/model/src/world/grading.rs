//! Votes, ballots and rankings come in.
use super::{Answer, World};
use crate::basics::{require, Address, Number, MAX_BATCH};
use crate::board;
use crate::challenge::Challenge;
use crate::event::Event;
use crate::phase::Phase;
use crate::ranking::{self, Place};
use crate::refusal::Refusal;
use crate::terms::{Payout, Terms};
use crate::verdict::{Cast, Decision, Verdict};

impl World {
    /// A batch of votes on different submissions; with `settle` it also finalises what now has its votes, and pays.
    pub(super) fn post_scores(&mut self, by: Address, id: usize, votes: &[(Number, Verdict)], settle: bool) -> Answer {
        let now = self.now;
        let challenge = self.challenge(id)?;
        let terms = &challenge.terms;
        let oracle = terms.oracle(by)?;
        challenge.phase(now).check_vote(terms, now)?;
        let numbers: Vec<Number> = votes.iter().map(|(number, _)| *number).collect();
        check_batch(challenge, &numbers)?;
        let mut checked = Vec::new();
        for (number, vote) in votes {
            let it = &challenge.submissions[*number as usize - 1];
            let vote = vote.checked(terms, it.units)?;
            if takes_part(challenge, *number) {
                it.votes.check(terms, it.time, oracle, vote, now)?;
            }
            checked.push((*number, vote));
        }

        let challenge = &mut self.challenges[id];
        let mut events = Vec::new();
        for (number, vote) in checked {
            challenge.vote(number, oracle, vote, now);
            events.push(Event::Voted(number, by, vote));
        }
        if settle {
            let numbers: Vec<(Number, bool)> = numbers.into_iter().map(|number| (number, false)).collect();
            events.extend(self.settle_checked(id, &numbers));
        }
        Ok(events)
    }

    /// The judge's ballots on what has no verdict; in a bounty that has ended only on what a place is kept for. A ballot on what
    /// others decided, or what became void, changes nothing and fails no other one.
    pub(super) fn rule(&mut self, by: Address, id: usize, ballots: &[(Number, Verdict)]) -> Answer {
        let now = self.now;
        let challenge = self.challenge(id)?;
        let terms = &challenge.terms;
        require(terms.judge.is_some_and(|judge| judge.address == by), Refusal::NotTheJudge)?;
        challenge.phase(now).check_rule(terms, now)?;
        let numbers: Vec<Number> = ballots.iter().map(|(number, _)| *number).collect();
        check_batch(challenge, &numbers)?;
        let mut counting = Vec::new();
        for (number, ballot) in ballots {
            let it = &challenge.submissions[*number as usize - 1];
            let ballot = ballot.checked(terms, it.units)?;
            require(ballot.is_graded(), Refusal::BadVerdict)?;
            let theirs = it.votes.decision.as_ref().is_some_and(Decision::by_quorum);
            if !takes_part(challenge, *number) || theirs {
                continue;
            }
            let mut votes = it.votes.clone();
            votes.rule(terms, ballot)?;
            counting.push((*number, votes, ballot));
        }
        require(!counting.is_empty(), Refusal::AlreadyDecided)?;

        let challenge = &mut self.challenges[id];
        let mut events = Vec::new();
        for (number, votes, ballot) in counting {
            challenge.submissions[number as usize - 1].votes = votes;
            challenge.count_decision();
            challenge.keep_place(number);
            events.push(Event::Ruled(number, ballot));
        }
        Ok(events)
    }

    /// A ranking by an oracle, after the deadline once every submission is final, and in the last patience of grading in any
    /// case (votes have ended then, and who ranks settles first, so that all rank the same); or by the judge where the oracles
    /// have none.
    pub(super) fn post_ranking(&mut self, by: Address, id: usize, rows: &[Place]) -> Answer {
        let challenge = self.challenge(id)?;
        let terms = &challenge.terms;
        let Payout::Ranked { prizes } = &terms.payout else { return Err(Refusal::WrongRule) };
        let judge = terms.judge.is_some_and(|judge| judge.address == by);
        let oracle = if judge { None } else { Some(terms.oracle(by)?) };
        check_rankable(challenge, judge, self.now)?;
        require(challenge.rankings.placed.is_none(), Refusal::AlreadyRanked)?;
        ranking::check(rows, terms, prizes.len(), |row| challenge.may_rank(row, judge))?;

        let mut events = vec![Event::RankingPosted(by)];
        let challenge = &mut self.challenges[id];
        let Some(oracle) = oracle else {
            challenge.rankings.judge = Some(rows.to_vec());
            return Ok(events);
        };
        if let Some(quorum) = challenge.rankings.vote(oracle, rows, challenge.terms.m()) {
            for place in quorum {
                challenge.purse.fees[place] += challenge.terms.oracle_fee;
            }
            challenge.purse.ranking_fees = 0;
            events.push(challenge.place(ranking::By::Oracles, rows.to_vec()));
        }
        Ok(events)
    }
}

/// Whether votes and ballots on a submission can still change anything.
fn takes_part(challenge: &Challenge, number: Number) -> bool {
    let it = &challenge.submissions[number as usize - 1];
    !it.is_concluded() && (!challenge.ended || it.kept)
}

/// One to forty submissions, all there, none twice.
pub(super) fn check_batch(challenge: &Challenge, numbers: &[Number]) -> Result<(), Refusal> {
    let distinct = |at: usize| !numbers[..at].contains(&numbers[at]);
    require((1..=MAX_BATCH).contains(&numbers.len()) && (0..numbers.len()).all(distinct), Refusal::BadBatch)?;
    require(numbers.iter().all(|number| challenge.submission(*number).is_some()), Refusal::NoSubmission)
}

fn check_rankable(challenge: &Challenge, judge: bool, now: u64) -> Result<(), Refusal> {
    let all_final = challenge.open() == 0;
    match challenge.phase(now) {
        Phase::Cancelled => Err(Refusal::Cancelled),
        Phase::Accepting | Phase::Lapsed => Err(Refusal::NotAccepted),
        Phase::Grading if !judge && all_final => Ok(()),
        Phase::Ranking if !judge => Ok(()),
        Phase::Judging if judge => Ok(()),
        Phase::Judging | Phase::Over => Err(Refusal::GradingOver),
        _ if judge => Err(Refusal::NotJudging),
        _ => Err(Refusal::RankingTooEarly),
    }
}

impl Challenge {
    /// Takes a vote that was checked. On what can get no other verdict it changes nothing and is never an error, for another
    /// call may have landed before; it counts once for each oracle, and not on what is void though no call has written that.
    fn vote(&mut self, number: Number, oracle: usize, vote: Verdict, now: u64) {
        let takes_part = takes_part(self, number);
        let terms: &Terms = &self.terms;
        let it = &mut self.submissions[number as usize - 1];
        if !takes_part {
            let first = it.votes.cast[oracle].or(it.late[oracle]).is_none();
            if let Some(quorum) = it.stands().filter(|_| first) {
                it.late[oracle] = Some(vote);
                self.tallies[oracle].count_late(vote, quorum);
            }
            return;
        }
        let undecided = it.votes.decision.is_none();
        let cast = it.votes.cast(terms, it.time, oracle, vote, now).expect("a vote that was checked");
        if cast == Cast::Nothing {
            return;
        }
        let decided = undecided && it.votes.decision.is_some();
        self.tallies[oracle].count_vote(vote, cast == Cast::Improved);
        if decided {
            self.count_decision();
        }
        self.keep_place(number);
    }

    /// One more has a verdict and is not concluded.
    fn count_decision(&mut self) {
        if !self.ended {
            self.decided += 1;
        }
    }

    /// Keeps a place for what the queue has passed, as soon as some vote or ballot says that it wins: not only when somebody
    /// settles, or who settles another one first would decide whether it can still win.
    pub(super) fn keep_place(&mut self, number: Number) {
        let it = &self.submissions[number as usize - 1];
        let keeps = it.passed
            && !it.kept
            && !self.ended
            && board::keeps_place(&self.board, it.row(), it.votes.some_meets(&self.terms));
        if keeps {
            self.submissions[number as usize - 1].kept = true;
            self.kept += 1;
        }
    }
}
