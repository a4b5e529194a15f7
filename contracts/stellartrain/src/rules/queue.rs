//! What settling does with one submission: "first come, first paid" is a queue, and nothing but a bounty has one.
use super::verdict::Decision;

/// How a submission is concluded.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ending {
    Decided(Decision),
    /// No one decided before the end.
    Unsettled,
    /// The last winner of a bounty was found before its turn came.
    Void,
}

/// What happens to a submission now.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Step {
    /// It is concluded; `queued` says that the queue's head moves onto it.
    Conclude { ending: Ending, queued: bool },
    /// The queue moves on without it; it stays open for the votes that are missing and for the judge.
    PassOver,
    /// Its turn has not come, or nothing is decided.
    Nothing,
}

/// An open submission and its challenge, as the queue sees them.
#[derive(Clone, Copy, Debug)]
pub struct View {
    pub is_bounty: bool,
    /// The end has come.
    pub over: bool,
    /// The board of a bounty was full before the end.
    pub ended: bool,
    /// The last number that the queue has passed.
    pub head: u32,
    pub number: u32,
    pub submitted: u64,
    pub passed: bool,
    pub kept: bool,
    pub decision: Option<Decision>,
    /// When m oracles had voted; 0 = not yet.
    pub heard: u64,
    pub all_voted: bool,
    pub patience: u64,
    pub now: u64,
}

/// * Before the end, a quorum's verdict is carried out at once, in a bounty when its turn has come; a judge's ballot waits for
///   the end, for until then the judge decides only what the queue leaves behind.
/// * In a bounty the first open submission is passed over when no m oracles agree, and all have voted or one patience has
///   passed since the m-th vote, and never before two patiences after the submission: its solver had one patience to have its
///   file fetched, and the others one to answer.
/// * From the end on there is no queue: what is decided is concluded by its decision, everything else is unsettled.
/// * In a bounty that has ended, what no place is kept for is void, unless the queue had passed it and a quorum had decided:
///   then its turn had come, and the verdict stands whoever settled first.
pub fn step(view: &View) -> Step {
    let queued = view.is_bounty && !view.passed && !view.over;
    let conclude = |ending| Step::Conclude { ending, queued: queued && !view.ended };
    if view.ended && !view.kept {
        return match view.decision {
            Some(decision) if view.passed && decision.by_quorum() => conclude(Ending::Decided(decision)),
            _ => conclude(Ending::Void),
        };
    }
    if queued && view.number != view.head + 1 {
        return Step::Nothing;
    }
    match view.decision {
        Some(decision) if decision.by_quorum() || view.over => conclude(Ending::Decided(decision)),
        None if view.over => conclude(Ending::Unsettled),
        _ if queued && may_pass(view) => Step::PassOver,
        _ => Step::Nothing,
    }
}

fn may_pass(view: &View) -> bool {
    let p = view.patience;
    let heard = view.heard > 0 && (view.all_voted || view.now >= view.heard.saturating_add(p));
    heard && view.now >= view.submitted.saturating_add(2 * p)
}
