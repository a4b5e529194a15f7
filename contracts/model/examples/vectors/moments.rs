//! Moments of wild stories, and what the contract would do in each of them: the calls themselves are made, on a copy.
use crate::facts::{self, rule};
use crate::json::{big, count, flag, list, number, object, or_null, text, Json};
use crate::trials;
use std::collections::BTreeMap;
use stellartrain_model::basics::{Address, Amount, Number, Time};
use stellartrain_model::challenge::Challenge;
use stellartrain_model::close;
use stellartrain_model::event::Event;
use stellartrain_model::play::{dice::Dice, samples, wild};
use stellartrain_model::queue::{step, Ending, Step};
use stellartrain_model::records::OracleRecord;
use stellartrain_model::world::{Call, World};

const ANYONE: Address = Address(99);
const STORIES: u64 = 400;
/// More submissions make a moment longer, not more telling.
const SUBMISSIONS: usize = 5;

/// Moments that show every kind of situation which the stories reach, each so many times if it is reached as often.
pub fn moments(each: usize) -> Vec<Json> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut written = Vec::new();
    for seed in 1..=STORIES {
        wild::watched(seed, &mut |world| {
            for id in 0..world.challenges.len() {
                let challenge = &world.challenges[id];
                if challenge.submissions.len() > SUBMISSIONS {
                    continue;
                }
                let mut kinds = kinds(world, id);
                let vote = trials::vote(world, id, &mut Dice(written.len() as u64));
                kinds.push(format!("{} {}", trials::kind(&vote), challenge.ended));
                if kinds.iter().any(|kind| seen.get(kind).copied().unwrap_or(0) < each) {
                    kinds.into_iter().for_each(|kind| *seen.entry(kind).or_default() += 1);
                    written.push(moment(world, id, written.len() as u64));
                }
            }
        });
    }
    written
}

/// What a moment shows.
fn kinds(world: &World, id: usize) -> Vec<String> {
    let (it, now) = (&world.challenges[id], world.now);
    let place = format!("{} {:?}", rule(&it.terms.payout), it.phase(now));
    let own = it.submissions.iter().map(|submission| {
        let decision = submission.votes.decision.as_ref().map(|decision| decision.by_quorum());
        let does = if submission.is_concluded() { "" } else { does(&step(&it.view(submission.number, now))) };
        let owed = (it.prize_due(submission.number) > 0, submission.owed > 0);
        let status = format!("{:?}", submission.status);
        let status = status.split([' ', '(']).next().unwrap_or_default().to_string();
        format!("{place} {status} {decision:?} {does} {} {} {owed:?}", submission.passed, submission.kept)
    });
    let waiting = it.board.rows.len() > it.board.due;
    let ranked = format!("{place} {:?} {}", it.rankings.placed, it.rankings.judge.is_some());
    let mut closed = copy(world);
    let sends = closed.call(ANYONE, &Call::Close(id)).is_ok_and(|events| !events.is_empty());
    let after = &closed.challenges[id];
    let moved = after.purse.prizes > it.purse.prizes;
    let close = format!("{place} {sends} {moved} {} {}", after.purse.escrow > 0, after.purse.budget > 0);
    let gained = it.tallies.iter().zip(&after.tallies).any(|(old, new)| old != new);
    let folds = format!("folds {} {} {} {} {gained}", it.folded, after.folded, it.unopened, after.unopened);
    own.chain([format!("{place} {waiting} {}", it.kept), ranked, close, folds]).collect()
}

fn does(step: &Step) -> &'static str {
    match step {
        Step::Conclude { ending: Ending::Decided(_), .. } => "decided",
        Step::Conclude { ending: Ending::Unsettled, .. } => "unsettled",
        Step::Conclude { ending: Ending::Void, .. } => "void",
        Step::PassOver => "pass over",
        Step::Nothing => "nothing",
    }
}

fn moment(world: &World, id: usize, seed: u64) -> Json {
    let it = &world.challenges[id];
    let purse = object(&[
        ("escrow", big(it.purse.escrow)),
        ("budget", big(it.purse.budget)),
        ("rankingFees", big(it.purse.ranking_fees)),
    ]);
    let submissions = (1..=it.submissions.len() as Number).map(|number| submission(world, id, number));
    let mut fields = vec![
        ("now", number(world.now)),
        ("terms", facts::terms(&it.terms)),
        ("challenge", object(&facts::challenge(it))),
        ("purse", purse),
        ("conduct", facts::conduct(it)),
        ("phase", facts::phase(it.phase(world.now))),
        ("may", may(world, id)),
        ("claims", count(it.claims(world.now))),
        ("contenders", count(contenders(it, world.now))),
        ("close", closing(world, id)),
        ("submissions", list(submissions)),
    ];
    let dice = &mut Dice(seed);
    fields.extend(trials::vote(world, id, dice).map(|it| ("vote", it)));
    fields.extend(trials::ballot(world, id, dice).map(|it| ("ballot", it)));
    fields.extend(trials::duty(world, id, dice).map(|it| ("duty", it)));
    object(&fields)
}

fn contenders(it: &Challenge, now: Time) -> usize {
    close::contenders(it.ended, it.is_over(now), it.open(), it.decided, it.kept)
}

/// A copy in which everyone can be paid and has money.
fn copy(world: &World) -> World {
    let mut copy = world.clone();
    copy.bank.blocked.clear();
    for who in [samples::MAKER, ANYONE] {
        copy.bank.mint(samples::TOKEN, who, 1_000);
    }
    copy
}

/// Which of the calls are taken that depend on the phase and on little else: cancel by the maker and by anyone, more budget, more
/// prize, a ranking by an oracle and by the judge, close, reveal.
fn may(world: &World, id: usize) -> Json {
    let it = &world.challenges[id];
    let taken = |by: Address, call: Call| {
        let mut copy = copy(world);
        // As if nobody had opened the truth, which a record would remember.
        copy.challenges[id].revealed.fill(false);
        copy.challenges[id].unopened = false;
        flag(copy.call(by, &call).is_ok())
    };
    let judge = it.terms.judge.map(|judge| judge.address);
    list([
        taken(samples::MAKER, Call::Cancel(id)),
        taken(ANYONE, Call::Cancel(id)),
        taken(ANYONE, Call::TopUp(id, 0, 1)),
        taken(ANYONE, Call::TopUp(id, 1, 0)),
        taken(it.terms.oracles[0], Call::PostRanking(id, vec![])),
        judge.map_or(flag(false), |judge| taken(judge, Call::PostRanking(id, vec![]))),
        taken(ANYONE, Call::Close(id)),
        taken(samples::MAKER, Call::Reveal(id)),
    ])
}

/// What `close` sends, what it leaves, and what it adds to the records.
fn closing(world: &World, id: usize) -> Json {
    let mut copy = copy(world);
    let events = copy.call(ANYONE, &Call::Close(id)).ok();
    or_null(events, |events| {
        let sent = |event: &Event| if let Event::Closed(amount) = event { Some(*amount) } else { None };
        let total = events.iter().find_map(sent).unwrap_or(0);
        let purse = &copy.challenges[id].purse;
        object(&[
            ("total", big(total)),
            ("keptPrize", big(purse.escrow)),
            ("keptBudget", big(purse.budget)),
            ("folds", folds(world, &copy, id, &events)),
        ])
    })
}

fn folds(before: &World, after: &World, id: usize, events: &[Event]) -> Json {
    let (was, is) = (&before.challenges[id], &after.challenges[id]);
    let gained = |oracle: &Address| {
        let (old, new) = (before.oracles.get(oracle).copied().unwrap_or_default(), after.oracles[oracle]);
        facts::gain(&OracleRecord {
            votes: new.votes - old.votes,
            unavailable: new.unavailable - old.unavailable,
            agreed: new.agreed - old.agreed,
            disagreed: new.disagreed - old.disagreed,
            missing: new.missing - old.missing,
            ..OracleRecord::default()
        })
    };
    or_null(events.contains(&Event::Folded).then_some(()), |()| {
        object(&[
            ("first", flag(is.folded && !was.folded)),
            ("unopened", flag(is.unopened && !was.unopened)),
            ("gains", list(is.terms.oracles.iter().map(gained))),
        ])
    })
}

/// A submission, and what would become of it.
fn submission(world: &World, id: usize, number: Number) -> Json {
    let it = &world.challenges[id];
    let own = &it.submissions[number as usize - 1];
    let facts = object(&facts::submission(own));
    let mut fields = vec![("facts", facts)];
    if !own.is_concluded() {
        fields.push(("step", write_step(&step(&it.view(number, world.now)))));
        fields.push(("earliest", earliest(it, number, world.now)));
        fields.push(("settled", settled(world, id, number)));
    }
    fields.extend(released(world, id, number));
    object(&fields)
}

fn write_step(step: &Step) -> Json {
    match step {
        Step::Conclude { ending, queued } => {
            object(&[("does", text("conclude")), ("ending", facts::ending(ending)), ("queued", flag(*queued))])
        }
        Step::PassOver => object(&[("does", text("pass_over"))]),
        Step::Nothing => object(&[("does", text("nothing"))]),
    }
}

/// The first moment from now on in which settling does something, every second tried.
fn earliest(it: &Challenge, submission: Number, now: Time) -> Json {
    let at = |time: Time| (time, step(&it.view(submission, time)));
    let (time, step) =
        (now..=now.max(it.terms.end())).map(at).find(|(_, step)| *step != Step::Nothing).expect("the end concludes");
    let does = if step == Step::PassOver { "pass_over" } else { "conclude" };
    object(&[("at", number(time)), ("does", text(does))])
}

/// What `settle` changes where nothing is paid.
fn settled(world: &World, id: usize, number: Number) -> Json {
    let mut copy = copy(world);
    let taken = copy.call(ANYONE, &Call::Settle(id, vec![(number, true)])).ok();
    or_null(taken, |_| {
        let (before, after) = (&world.challenges[id], &copy.challenges[id]);
        let own = |it: &Challenge| facts::submission(&it.submissions[number as usize - 1]);
        object(&[
            ("challenge", facts::changed(facts::challenge(before), facts::challenge(after))),
            ("submission", facts::changed(own(before), own(after))),
        ])
    })
}

/// What `release_payment` sends, if anything, and how the submission stands by then, if otherwise than before.
fn released(world: &World, id: usize, number: Number) -> Vec<(&'static str, Json)> {
    let mut copy = copy(world);
    let events = copy.call(ANYONE, &Call::ReleasePayment(id, number)).unwrap_or_default();
    let sent = |event: &Event| if let Event::Paid(_, amount) = event { *amount } else { 0 };
    let total: Amount = events.iter().map(sent).sum();
    let at = number as usize - 1;
    let mut after = facts::submission(&copy.challenges[id].submissions[at]);
    after.retain(|(name, _)| *name == "flags");
    let status = copy.challenges[id].submissions[at].status;
    let was_paid = world.challenges[id].submissions[at].prize_paid;
    let now_paid = std::mem::take(&mut copy.challenges[id].submissions[at].prize_paid);
    let prize = if now_paid && !was_paid { copy.challenges[id].prize_due(number) } else { 0 };
    let mut fields = Vec::new();
    if status != world.challenges[id].submissions[at].status {
        fields.push(("standing", facts::status(status)));
    }
    if total > 0 {
        fields.push(("owed", object(&[("prize", big(prize)), ("total", big(total))])));
        fields.push(("paid", object(&after)));
    }
    fields
}
