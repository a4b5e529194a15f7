//! What oracles and the judge post: votes and ballots, rankings, and the records of it.
use crate::facts;
use crate::json::{big, count, flag, list, number, object, or_null, text, Json};
use crate::tables::DIRECTIONS;
use stellartrain_model::basics::{Address, Number, Score};
use stellartrain_model::play::{dice::Dice, samples};
use stellartrain_model::queue::Ending;
use stellartrain_model::ranking::{self, Attempt, Place};
use stellartrain_model::records::{OracleRecord, Tally};
use stellartrain_model::refusal::Refusal;
use stellartrain_model::terms::Terms;
use stellartrain_model::verdict::{By, Decision, Verdict, Votes};

fn some_verdict(dice: &mut Dice) -> Verdict {
    match dice.below(5) {
        0 | 1 => Verdict::Scored { score: dice.of(&[95, 95, 60]), content: dice.of(&[1, 1, 1, 2]), units: 0 },
        2 | 3 => Verdict::Rejected(dice.below(4) as u32),
        _ => Verdict::Unavailable,
    }
}

fn refused<Taken>(answer: Result<Taken, Refusal>) -> Json {
    or_null(answer.err(), |refusal| {
        text(match refusal {
            Refusal::AlreadyVoted => "already_voted",
            Refusal::TooEarlyForUnavailable => "too_early_for_unavailable",
            Refusal::AlreadyDecided => "already_decided",
            Refusal::BadVerdict => "bad_verdict",
            Refusal::NotAmongTheVotes => "not_among_the_votes",
            other => unreachable!("{other:?} is no answer to a vote"),
        })
    })
}

/// Oracles vote in any order, some twice, and the judge tries a ballot.
pub fn votes() -> Vec<Json> {
    let mut dice = Dice(11);
    (0..60).map(|_| votes_case(&mut dice)).collect()
}

fn votes_case(dice: &mut Dice) -> Json {
    let n = dice.of(&[1, 3, 3, 5, 5]);
    let terms = Terms { oracles: samples::ORACLES[..n].to_vec(), ..samples::bounty(10, 1) };
    let mut votes = Votes::none(n);
    let mut now = 30;
    let mut cast = Vec::new();
    for _ in 0..dice.below(n * 2 + 1) {
        now += dice.within(0, 6);
        let (oracle, vote) = (dice.below(n), some_verdict(dice));
        let answer = votes.cast(&terms, 30, oracle, vote, now);
        cast.push(object(&[
            ("oracle", count(oracle)),
            ("verdict", facts::verdict(vote)),
            ("now", number(now)),
            ("refused", refused(answer)),
        ]));
    }
    let ballot = some_verdict(dice);
    let before = (facts::votes(&votes), flag(votes.some_meets(&terms)));
    let answer = votes.rule(&terms, ballot);
    object(&[
        ("oracles", count(n)),
        ("votes", list(cast)),
        ("state", before.0),
        ("someMeets", before.1),
        ("ballot", facts::verdict(ballot)),
        ("refused", refused(answer)),
        ("decision", or_null(votes.decision.as_ref(), facts::decision)),
    ])
}

/// Rankings of random attempts, running tables of the same, and rows that are no ranking.
pub fn rankings() -> Vec<Json> {
    let mut dice = Dice(13);
    (0..32).map(|_| ranking_case(&mut dice)).collect()
}

fn ranking_case(dice: &mut Dice) -> Json {
    let prizes = &[30, 20, 10][..dice.within(1, 3) as usize];
    let (direction, step) = (dice.of(&DIRECTIONS), dice.of(&[1, 5]));
    let terms = Terms { direction, step, ..samples::ranked(prizes) };
    let mut attempts: Vec<Attempt> = (1..=dice.within(0, 9) as Number)
        .map(|number| Attempt {
            solver: Address(dice.below(4) as u32),
            number,
            public: 88 + dice.below(6) as Score,
            private: 86 + dice.below(9) as Score,
        })
        .collect();
    dice.shuffle(&mut attempts);
    let ranking = ranking::ranking(&attempts, &terms, prizes.len());
    let mut table = Vec::new();
    for it in &attempts {
        let place = Place { solver: it.solver, number: it.number, score: it.public };
        ranking::enter(&mut table, place, prizes.len(), terms.direction);
    }
    let mut tried = ranking.clone();
    match dice.below(5) {
        0 => tried.reverse(),
        1 => tried.extend(table.first()),
        2 => tried.iter_mut().for_each(|row| row.score = 90),
        3 => tried.iter_mut().for_each(|row| row.score = 91),
        _ => {}
    }
    let is_ranking = ranking::check(&tried, &terms, prizes.len(), |row| row.number != 5).is_ok();
    let written = attempts.iter().map(|it| {
        object(&[
            ("solver", facts::address(it.solver)),
            ("number", number(it.number)),
            ("public", big(it.public)),
            ("private", big(it.private)),
        ])
    });
    object(&[
        ("terms", facts::terms(&terms)),
        ("attempts", list(written)),
        ("ranking", facts::places(&ranking)),
        ("table", facts::places(&table)),
        ("tried", facts::places(&tried)),
        ("isRanking", flag(is_ranking)),
    ])
}

/// An oracle votes, in time or late, while submissions end in every way.
pub fn records() -> Vec<Json> {
    let mut dice = Dice(15);
    (0..10).map(|_| records_case(&mut dice)).collect()
}

fn records_case(dice: &mut Dice) -> Json {
    let mut tally = Tally::default();
    let mut moves = Vec::new();
    for _ in 0..12 {
        let vote = some_verdict(dice);
        let mut fields = match dice.below(4) {
            0 if tally.unavailable > 0 => {
                tally.count_vote(Verdict::Scored { score: 95, content: 1, units: 0 }, true);
                vec![("does", text("improve"))]
            }
            0 | 1 => {
                tally.count_vote(vote, false);
                vec![("does", text("vote")), ("vote", facts::verdict(vote))]
            }
            2 => {
                let quorum = (!dice.one_in(3)).then(|| some_verdict(dice));
                tally.count_late(vote, quorum);
                let quorum = or_null(quorum, facts::verdict);
                vec![("does", text("late")), ("vote", facts::verdict(vote)), ("quorum", quorum)]
            }
            _ => conclusion(&mut tally, vote, dice),
        };
        fields.push(("tally", facts::tally(&tally)));
        moves.push(object(&fields));
    }
    let undecided = dice.below(6) as u32;
    let mut record = OracleRecord::default();
    record.fold(&mut tally, undecided);
    object(&[("moves", list(moves)), ("undecided", number(undecided)), ("gain", facts::gain(&record))])
}

fn conclusion(tally: &mut Tally, vote: Verdict, dice: &mut Dice) -> facts::Fields {
    let mut votes = Votes::none(1);
    votes.cast[0] = (tally.open > 0 && !dice.one_in(3)).then_some(vote);
    let by = dice.of(&[By::Quorum(vec![1]), By::Judge]);
    let decided = Ending::Decided(Decision { verdict: some_verdict(dice), by });
    let ending = dice.of(&[decided.clone(), decided, Ending::Unsettled, Ending::Void]);
    let folded = dice.one_in(4);
    tally.conclude(0, &votes, &ending, folded);
    vec![
        ("does", text("conclude")),
        ("vote", or_null(votes.cast[0], facts::verdict)),
        ("ending", facts::ending(&ending)),
        ("folded", flag(folded)),
    ]
}
