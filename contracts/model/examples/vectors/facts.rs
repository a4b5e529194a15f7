//! State in the form that `contracts/client/src/rules/facts.ts` declares.
use crate::json::{big, count, flag, list, number, object, or_null, text, Json};
use stellartrain_model::basics::Address;
use stellartrain_model::board::{Board, Row};
use stellartrain_model::challenge::{Challenge, Status, Submission};
use stellartrain_model::phase::Phase;
use stellartrain_model::queue::Ending;
use stellartrain_model::ranking::{self, Place};
use stellartrain_model::records::{OracleRecord, Tally};
use stellartrain_model::score::Direction;
use stellartrain_model::terms::{Payout, Terms};
use stellartrain_model::verdict::{By, Decision, Verdict, Votes};

/// Fields of an object, in order.
pub type Fields = Vec<(&'static str, Json)>;

/// An address as text.
pub fn address(it: Address) -> Json {
    text(&format!("G{}", it.0))
}

/// The rule's name.
pub fn rule(payout: &Payout) -> &'static str {
    match payout {
        Payout::Bounty { .. } => "bounty",
        Payout::Ranked { .. } => "ranked",
        Payout::PerUnit { .. } => "per_unit",
        Payout::Earnings => "earnings",
    }
}

/// The direction's name.
pub fn direction(it: Direction) -> Json {
    text(if it == Direction::Maximize { "maximize" } else { "minimize" })
}

/// The phase's name.
pub fn phase(it: Phase) -> Json {
    text(&format!("{it:?}").to_lowercase())
}

fn payout(it: &Payout) -> Json {
    let name = ("rule", text(rule(it)));
    match it {
        Payout::Bounty { reward, winners } => object(&[name, ("reward", big(*reward)), ("winners", count(*winners))]),
        Payout::Ranked { prizes } => object(&[name, ("prizes", list(prizes.iter().map(|prize| big(*prize))))]),
        Payout::PerUnit { rate, max_units } => object(&[name, ("rate", big(*rate)), ("maxUnits", number(*max_units))]),
        Payout::Earnings => object(&[name]),
    }
}

/// The frozen terms.
pub fn terms(it: &Terms) -> Json {
    let judge = or_null(it.judge, |judge| object(&[("address", address(judge.address)), ("by", number(judge.by))]));
    object(&[
        ("payout", payout(&it.payout)),
        ("oracles", list(it.oracles.iter().map(|oracle| address(*oracle)))),
        ("oracleFee", big(it.oracle_fee)),
        ("deposit", big(it.deposit)),
        ("threshold", big(it.threshold)),
        ("direction", direction(it.direction)),
        ("step", big(it.step)),
        ("opens", number(it.opens)),
        ("acceptBy", number(it.accept_by)),
        ("deadline", number(it.deadline)),
        ("patience", number(it.patience)),
        ("gradeBy", number(it.grade_by)),
        ("judge", judge),
        ("attempts", number(it.attempts)),
        ("attemptsPerDay", number(it.attempts_per_day)),
        ("uniqueContent", flag(it.unique_content)),
        ("opensTruth", flag(it.opens_truth)),
    ])
}

/// A verdict, a vote or a ballot.
pub fn verdict(it: Verdict) -> Json {
    match it {
        Verdict::Scored { score, content, units } => object(&[
            ("status", text("scored")),
            ("score", big(score)),
            ("content", text(&format!("{content:02x}"))),
            ("units", number(units)),
        ]),
        Verdict::Rejected(reason) => object(&[("status", text("rejected")), ("reason", number(reason))]),
        Verdict::Unavailable => object(&[("status", text("unavailable"))]),
    }
}

/// A decision.
pub fn decision(it: &Decision) -> Json {
    let by = match &it.by {
        By::Quorum(places) => list(places.iter().map(|place| count(*place))),
        By::Judge => text("judge"),
    };
    object(&[("verdict", verdict(it.verdict)), ("by", by)])
}

/// How a submission is concluded.
pub fn ending(it: &Ending) -> Json {
    match it {
        Ending::Decided(it) => decision(it),
        Ending::Unsettled => text("unsettled"),
        Ending::Void => text("void"),
    }
}

/// An oracle's conduct in a challenge.
pub fn tally(it: &Tally) -> Json {
    object(&[
        ("votes", number(it.votes)),
        ("unavailable", number(it.unavailable)),
        ("agreed", number(it.agreed)),
        ("disagreed", number(it.disagreed)),
        ("missing", number(it.missing)),
        ("open", number(it.open)),
    ])
}

/// What a record holds, or has gained, of votes.
pub fn gain(it: &OracleRecord) -> Json {
    object(&[
        ("votes", number(it.votes)),
        ("unavailable", number(it.unavailable)),
        ("agreed", number(it.agreed)),
        ("disagreed", number(it.disagreed)),
        ("missing", number(it.missing)),
    ])
}

/// What of a challenge its records do not hold yet, and what decides whether they may.
pub fn conduct(it: &Challenge) -> Json {
    object(&[
        ("folded", flag(it.folded)),
        ("unopened", flag(it.unopened)),
        ("opened", flag(it.revealed[0])),
        ("tallies", list(it.tallies.iter().map(tally))),
    ])
}

/// The votes on one submission.
pub fn votes(it: &Votes) -> Json {
    object(&[
        ("cast", list(it.cast.iter().map(|vote| or_null(*vote, verdict)))),
        ("mth", or_null(it.m_th, number)),
        ("decision", or_null(it.decision.as_ref(), decision)),
    ])
}

/// How a submission stands.
pub fn status(it: Status) -> Json {
    match it {
        Status::Scored { score, content, units } => verdict(Verdict::Scored { score, content, units }),
        Status::Rejected(reason) => verdict(Verdict::Rejected(reason)),
        Status::Unavailable => verdict(Verdict::Unavailable),
        Status::Pending => object(&[("status", text("pending"))]),
        Status::Unsettled => object(&[("status", text("unsettled"))]),
        Status::Void => object(&[("status", text("void"))]),
    }
}

/// A submission's fields.
pub fn submission(it: &Submission) -> Fields {
    let decided = matches!(it.status, Status::Scored { .. } | Status::Rejected(_) | Status::Unavailable);
    // Carried, passed over, kept, held, prize paid, by the judge: as the contract packs them.
    let bits = [it.carry > 0, it.passed, it.kept, it.owed > 0, it.prize_paid, decided && it.quorum.is_none()];
    let flags: u32 = bits.into_iter().enumerate().map(|(bit, set)| u32::from(set) << bit).sum();
    vec![
        ("number", number(it.number)),
        ("solver", address(it.solver)),
        ("time", number(it.time)),
        ("units", number(it.units)),
        ("votes", votes(&it.votes)),
        ("status", status(it.status)),
        ("flags", number(flags)),
    ]
}

fn row(it: &Row) -> Json {
    object(&[("solver", address(it.solver)), ("number", number(it.number))])
}

/// A bounty's board.
pub fn board(it: &Board) -> Json {
    object(&[("rows", list(it.rows.iter().map(row))), ("due", count(it.due))])
}

/// A table or a ranking.
pub fn places(it: &[Place]) -> Json {
    list(it.iter().map(|place| {
        object(&[("solver", address(place.solver)), ("number", number(place.number)), ("score", big(place.score))])
    }))
}

/// By whom the prizes go.
pub fn ranked_by(it: ranking::By) -> Json {
    text(match it {
        ranking::By::Oracles => "oracles",
        ranking::By::Judge => "judge",
        ranking::By::RunningTable => "running_table",
    })
}

/// The counters of a challenge.
pub fn challenge(it: &Challenge) -> Fields {
    let rankings = object(&[
        ("table", places(&it.rankings.table)),
        ("judge", or_null(it.rankings.judge.as_deref(), places)),
        ("placed", or_null(it.rankings.placed, ranked_by)),
        ("places", places(&it.rankings.places)),
    ]);
    vec![
        ("cancelled", flag(it.cancelled)),
        ("accepted", flag(it.accepted.iter().all(|it| *it))),
        ("ended", flag(it.ended)),
        ("submitted", count(it.submissions.len())),
        ("concluded", count(it.concluded)),
        ("decided", count(it.decided)),
        ("kept", count(it.kept)),
        ("scored", count(it.scored)),
        ("head", number(it.head)),
        ("board", board(&it.board)),
        ("rankings", rankings),
    ]
}

/// What is different afterwards.
pub fn changed(before: Fields, after: Fields) -> Json {
    let new: Fields = before.iter().zip(after).filter(|(old, new)| **old != *new).map(|(_, new)| new).collect();
    object(&new)
}
