//! What `settle` does with one submission: "first come, first paid" is a queue, and nothing but a bounty has one.
use crate::basics::Time;
use crate::terms::Terms;
use crate::verdict::{Decision, Verdict, Votes};

/// How a submission is concluded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// By this decision.
    Decided(Decision),
    /// Nobody decided before the end.
    Unsettled,
    /// The last winner of a bounty was found before its turn came.
    Void,
}

impl Ending {
    /// The verdict, if there is one.
    pub fn verdict(&self) -> Option<Verdict> {
        match self {
            Ending::Decided(decision) => Some(decision.verdict),
            _ => None,
        }
    }
}

/// What happens to a submission now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is concluded; `queued` says that the queue's head moves onto it.
    Conclude {
        /// How.
        ending: Ending,
        /// The head moves.
        queued: bool,
    },
    /// The queue moves on without it; it stays open for the votes that are missing and for the judge.
    PassOver,
    /// Its turn has not come, or nothing is decided.
    Nothing,
}

/// A submission and its challenge, as the queue sees them.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The frozen terms.
    pub terms: &'a Terms,
    /// The ledger's time.
    pub now: Time,
    /// The board of a bounty was full before the end.
    pub ended: bool,
    /// The last number that the queue has passed.
    pub head: u32,
    /// This submission's number.
    pub number: u32,
    /// When it was submitted.
    pub submitted: Time,
    /// The queue moved on without it.
    pub passed: bool,
    /// A place is kept for it.
    pub kept: bool,
    /// Its votes.
    pub votes: &'a Votes,
}

/// The rule of `settle` for one open submission.
///
/// * Before the end, a quorum's verdict is carried out at once, in a bounty when its turn has come; a judge's ballot waits for
///   the end, for until then the judge decides only what the queue leaves behind.
/// * In a bounty the first open submission is passed over when no m oracles agree, and all have voted or one patience has
///   passed since the m-th vote, and never before two patiences after the submission: its solver had one patience to have its
///   file fetched, and the others one to answer.
/// * From the end on there is no queue: what is decided is concluded by its decision, everything else is unsettled.
/// * In a bounty that has ended, what no place is kept for is void, unless the queue had passed it and a quorum had decided:
///   then its turn had come, and the verdict stands whoever settled first.
pub fn step(view: &View) -> Step {
    let over = view.now >= view.terms.end();
    let queued = view.terms.is_bounty() && !view.passed && !over;
    let decision = view.votes.decision.as_ref();
    let conclude = |ending| Step::Conclude { ending, queued: queued && !view.ended };
    if view.ended && !view.kept {
        return match decision {
            Some(decision) if view.passed && decision.by_quorum() => conclude(Ending::Decided(decision.clone())),
            _ => conclude(Ending::Void),
        };
    }
    if queued && view.number != view.head + 1 {
        return Step::Nothing;
    }
    match decision {
        Some(decision) if decision.by_quorum() || over => conclude(Ending::Decided(decision.clone())),
        None if over => conclude(Ending::Unsettled),
        _ if queued && may_pass(view) => Step::PassOver,
        _ => Step::Nothing,
    }
}

fn may_pass(view: &View) -> bool {
    let p = view.terms.patience;
    let heard = |m_th| view.votes.count() == view.terms.n() || view.now >= m_th + p;
    view.votes.m_th.is_some_and(heard) && view.now >= view.submitted + 2 * p
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::play::samples;

    const GOOD: Verdict = Verdict::Scored { score: 95, content: 1, units: 0 };
    const BAD: Verdict = Verdict::Rejected(1);

    struct Case {
        terms: Terms,
        votes: Votes,
    }

    impl Case {
        fn new(votes: &[(usize, Verdict, Time)]) -> Case {
            let terms = samples::bounty(10, 1);
            let mut case = Case { votes: Votes::none(3), terms };
            for (oracle, vote, time) in votes {
                case.votes.cast(&case.terms, 0, *oracle, *vote, *time).unwrap();
            }
            case
        }

        fn at(&self, now: Time) -> View<'_> {
            let Case { terms, votes } = self;
            View { terms, now, ended: false, head: 0, number: 1, submitted: 0, passed: false, kept: false, votes }
        }
    }

    fn concluded(step: Step) -> Option<(Option<Verdict>, bool)> {
        match step {
            Step::Conclude { ending, queued } => Some((ending.verdict(), queued)),
            _ => None,
        }
    }

    #[test]
    fn a_verdict_waits_for_its_turn_in_a_bounty_only() {
        let mut case = Case::new(&[(0, GOOD, 1), (1, GOOD, 1)]);
        assert_eq!(concluded(step(&case.at(2))), Some((Some(GOOD), true)));
        assert_eq!(step(&View { number: 2, ..case.at(2) }), Step::Nothing);
        assert_eq!(concluded(step(&View { number: 2, passed: true, ..case.at(2) })), Some((Some(GOOD), false)));
        case.terms = samples::ranked(&[10]);
        assert_eq!(concluded(step(&View { number: 2, ..case.at(2) })), Some((Some(GOOD), false)));
    }

    #[test]
    fn passing_over_needs_a_quorum_of_votes_and_two_patiences() {
        let p = samples::bounty(10, 1).patience;
        let split = Case::new(&[(0, GOOD, 1), (1, BAD, p + 5)]);
        assert_eq!(step(&split.at(2 * p + 4)), Step::Nothing, "one patience after the m-th vote");
        assert_eq!(step(&split.at(2 * p + 5)), Step::PassOver);
        let all = Case::new(&[(0, GOOD, 1), (1, BAD, 1), (2, Verdict::Unavailable, p)]);
        assert_eq!(step(&all.at(2 * p - 1)), Step::Nothing, "never before two patiences");
        assert_eq!(step(&all.at(2 * p)), Step::PassOver);
        let few = Case::new(&[(0, GOOD, 1)]);
        assert_eq!(step(&few.at(few.terms.end() - 1)), Step::Nothing, "below the quorum the queue stands");
        let mut waits = Case::new(&[(0, BAD, 1), (1, BAD, 1)]);
        waits.terms = samples::per_unit(1, 5);
        waits.votes.decision = None;
        assert_eq!(step(&waits.at(3 * p)), Step::Nothing, "only a bounty passes over");
    }

    #[test]
    fn a_ballot_and_silence_wait_for_the_end() {
        let mut case = Case::new(&[]);
        let end = case.terms.end();
        assert_eq!(step(&case.at(end - 1)), Step::Nothing);
        assert_eq!(
            step(&View { number: 7, ..case.at(end) }),
            Step::Conclude { ending: Ending::Unsettled, queued: false }
        );
        case.votes.rule(&case.terms, GOOD).unwrap();
        assert_eq!(step(&case.at(end - 1)), Step::Nothing);
        assert_eq!(step(&View { passed: true, ..case.at(end - 1) }), Step::Nothing);
        assert_eq!(concluded(step(&View { number: 7, ..case.at(end) })), Some((Some(GOOD), false)));
    }

    #[test]
    fn after_the_last_winner_only_kept_places_and_passed_verdicts_count() {
        let case = Case::new(&[(0, GOOD, 1), (1, GOOD, 1)]);
        let ended = View { ended: true, ..case.at(5) };
        let void = Step::Conclude { ending: Ending::Void, queued: false };
        assert_eq!(step(&ended), void, "its turn had not come");
        assert_eq!(concluded(step(&View { passed: true, ..ended })), Some((Some(GOOD), false)));
        let open = Case::new(&[(0, GOOD, 1)]);
        assert_eq!(step(&View { ended: true, passed: true, ..open.at(5) }), void);
        let kept = View { ended: true, passed: true, kept: true, ..open.at(5) };
        assert_eq!(step(&kept), Step::Nothing);
        let late = View { now: open.terms.end(), ..kept };
        assert_eq!(step(&late), Step::Conclude { ending: Ending::Unsettled, queued: false });
    }
}
