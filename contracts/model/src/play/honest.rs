//! What an honest oracle does: a function of what it sees on the ledger and of the files that it can open.
use crate::basics::{Address, Number, Score, Time};
use crate::challenge::{Challenge, Status, Submission};
use crate::phase::Phase;
use crate::ranking::{self, Attempt};
use crate::terms::Payout;
use crate::verdict::Verdict;

/// The reason of a copy.
pub const COPY: u32 = 40;

/// What is inside a sealed submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct File {
    /// The hash of its canonical form.
    pub content: u64,
    /// What grading says, or the reason why it is worth nothing.
    pub grade: Result<Grade, u32>,
}

/// What grading a file gives on every machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grade {
    /// On the rows that are scored at once.
    pub public: Score,
    /// On the rows that alone decide a ranking.
    pub private: Score,
    /// Accepted units of a batch.
    pub units: u32,
}

/// What one oracle knows: of each submission the file, if it can open it now.
pub struct Sight<'a> {
    /// The challenge as it stood in the last ledger.
    pub challenge: &'a Challenge,
    /// By number - 1. Honest oracles serve what they fetched, so what one of them can open all can.
    pub files: &'a [Option<File>],
    /// The ledger's time.
    pub now: Time,
    /// The oracle's place.
    pub place: usize,
}

impl Sight<'_> {
    /// The votes that are due: on what it can open at once, `Unavailable` when that may be voted. An own `Unavailable` is
    /// improved as long as there is no verdict.
    pub fn votes(&self) -> Vec<(Number, Verdict)> {
        let challenge = self.challenge;
        let open = matches!(challenge.phase(self.now), Phase::Open | Phase::Grading)
            || challenge.ended && self.now < challenge.terms.votes_end();
        let mut votes = Vec::new();
        for number in (1..=challenge.submissions.len() as Number).filter(|_| open) {
            votes.extend(self.vote(number, &votes).map(|vote| (number, vote)));
        }
        votes
    }

    /// `before` are its votes of the same batch.
    fn vote(&self, number: Number, before: &[(Number, Verdict)]) -> Option<Verdict> {
        let challenge = self.challenge;
        let it = challenge.submission(number)?;
        if it.is_concluded() || challenge.ended && !it.kept {
            return None;
        }
        let own = it.votes.cast[self.place];
        if own.is_some_and(|vote| vote.is_graded() || it.votes.decision.is_some()) {
            return None;
        }
        let Some(file) = self.files[number as usize - 1] else {
            let may = own.is_none() && self.now >= it.time + challenge.terms.patience;
            return may.then_some(Verdict::Unavailable);
        };
        let Ok(grade) = file.grade else { return Some(Verdict::Rejected(file.grade.err()?)) };
        if challenge.terms.compares_content() {
            match self.copies(number, file.content, before) {
                Copies::None => {}
                Copies::One => return Some(Verdict::Rejected(COPY)),
                Copies::NotKnown => return None,
            }
        }
        let score = challenge.terms.round(grade.public);
        Some(Verdict::Scored { score, content: file.content, units: grade.units })
    }

    /// Whether a lower number of another solver takes the content: one that stands `Scored` with it, and nothing else. Every
    /// honest oracle answers the same, because it waits until each lower number has its verdict, or is one on which it has voted
    /// something else itself. As long as m oracles are in time that is one patience; while they are not, nothing can be decided
    /// without the others anyway, so waiting gives nothing away. Only in the last patience it answers by its own votes alone: the
    /// judge is bound by them, and nobody shall win with a copy by blocking the original.
    fn copies(&self, number: Number, content: u64, before: &[(Number, Verdict)]) -> Copies {
        let challenge = self.challenge;
        let solver = challenge.submissions[number as usize - 1].solver;
        let takes = |lower: &Submission, verdict: Verdict| {
            matches!(verdict, Verdict::Scored { content: other, .. } if other == content) && lower.solver != solver
        };
        for lower in &challenge.submissions[..number as usize - 1] {
            let decided = lower.votes.decision.as_ref().map(|it| it.verdict);
            let planned = before.iter().find(|(number, _)| *number == lower.number).map(|(_, vote)| *vote);
            let own = planned.or(lower.votes.cast[self.place]);
            let last = self.now + challenge.terms.patience >= challenge.terms.votes_end();
            let takes = |verdict: Verdict| takes(lower, verdict);
            match (decided, own) {
                (Some(verdict), _) if takes(verdict) => return Copies::One,
                (None, Some(own)) if takes(own) && last => return Copies::One,
                (None, Some(own)) if takes(own) || !own.is_graded() && !last => return Copies::NotKnown,
                (None, None) if !lower.is_concluded() => return Copies::NotKnown,
                _ => {}
            }
        }
        Copies::None
    }

    /// The ranking that is due: once every submission is final, in the last patience of grading in any case; who ranks settles
    /// first, so it waits until nothing decided is open.
    pub fn ranking(&self) -> Option<Vec<(Address, Number, Score)>> {
        let challenge = self.challenge;
        let Payout::Ranked { prizes } = &challenge.terms.payout else { return None };
        let phase = challenge.phase(self.now);
        let time = phase == Phase::Ranking || phase == Phase::Grading && challenge.open() == 0;
        if !time || challenge.decided > 0 || challenge.rankings.placed.is_some() {
            return None;
        }
        let attempts = challenge.submissions.iter().filter_map(|it| {
            let Status::Scored { score, .. } = it.status else { return None };
            let private = self.files[it.number as usize - 1]?.grade.ok()?.private;
            Some(Attempt { solver: it.solver, number: it.number, public: score, private })
        });
        let rows = ranking::ranking(&attempts.collect::<Vec<_>>(), &challenge.terms, prizes.len());
        (challenge.rankings.votes[self.place].as_ref() != Some(&rows))
            .then(|| rows.iter().map(|row| (row.solver, row.number, row.score)).collect())
    }
}

enum Copies {
    None,
    One,
    NotKnown,
}
