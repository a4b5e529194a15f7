//! Single rules: phases at every boundary, votes, the board, bills, scores, rankings, attempts.
use crate::facts;
use crate::json::{big, count, flag, list, number, object, or_null, text, Json};
use stellartrain_model::attempts::{self, Attempts};
use stellartrain_model::basics::{Address, Amount, Number, Score, Time, DAY};
use stellartrain_model::board::{keeps_place, Board, Row};
use stellartrain_model::earnings::fee_share;
use stellartrain_model::fees::{bill, cover, Cover, Paid};
use stellartrain_model::phase::{phase, Facts};
use stellartrain_model::play::{dice::Dice, samples};
use stellartrain_model::queue::Ending;
use stellartrain_model::ranking::{self, Attempt, Place};
use stellartrain_model::records::{OracleRecord, Tally};
use stellartrain_model::refusal::Refusal;
use stellartrain_model::terms::{Direction, Terms};
use stellartrain_model::verdict::{meets, round, By, Decision, Verdict, Votes};

const DIRECTIONS: [Direction; 2] = [Direction::Maximize, Direction::Minimize];

/// Each kind of terms with each state of acceptance, one second before, at and after every boundary.
pub fn phases() -> Vec<Json> {
    let unjudged = |terms: Terms| Terms { judge: None, ..terms };
    let late = |terms: Terms| Terms { accept_by: 50, ..terms };
    let kinds = [
        samples::bounty(10, 1),
        unjudged(samples::bounty(10, 1)),
        late(samples::bounty(10, 1)),
        samples::ranked(&[10]),
        unjudged(late(samples::ranked(&[10]))),
        samples::per_unit(1, 5),
        samples::earnings(),
    ];
    kinds.iter().map(phases_of).collect()
}

fn phases_of(terms: &Terms) -> Json {
    let edges = [terms.opens, terms.accept_by, terms.deadline, terms.votes_end(), terms.grade_by, terms.end()];
    let mut times: Vec<Time> = edges.iter().flat_map(|edge| [edge - 1, *edge, edge + 1]).collect();
    times.sort();
    times.dedup();
    let mut rows = Vec::new();
    for (cancelled, accepted, ended) in
        [(true, false, false), (false, false, false), (false, true, false), (false, true, true)]
    {
        if ended && !terms.is_bounty() {
            continue;
        }
        for now in times.iter().copied() {
            let it = phase(terms, Facts { cancelled, accepted, ended }, now);
            let may = [
                it.check_settle().is_ok(),
                it.check_submit().is_ok(),
                it.check_vote(terms, now).is_ok(),
                it.check_rule(terms, now).is_ok(),
                it.check_close().is_ok(),
            ];
            let state = [cancelled, accepted, ended].map(flag);
            rows.push(list([list(state), number(now), facts::phase(it), list(may.map(flag))]));
        }
    }
    object(&[("terms", facts::terms(terms)), ("rows", list(rows))])
}

fn some_verdict(dice: &mut Dice) -> Verdict {
    match dice.below(5) {
        0 | 1 => Verdict::Scored { score: dice.of(&[95, 95, 60]), content: dice.of(&[1, 1, 1, 2]), units: 0 },
        2 | 3 => Verdict::Rejected(dice.below(4) as u32),
        _ => Verdict::Unavailable,
    }
}

fn refused(answer: Result<(), Refusal>) -> Json {
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

/// Winners come in any order and claims fall, as in a queue that passes some over.
pub fn boards() -> Vec<Json> {
    let mut dice = Dice(12);
    (0..16).map(|_| board_case(&mut dice)).collect()
}

fn board_case(dice: &mut Dice) -> Json {
    let winners = dice.within(1, 4) as usize;
    let mut board = Board::default();
    let mut numbers: Vec<Number> = (1..=9).collect();
    dice.shuffle(&mut numbers);
    let moves = numbers.into_iter().map(|number| {
        let row = Row { solver: Address(dice.below(5) as u32), number };
        let (open, keeps) = (board.is_open_to(row), keeps_place(&board, row, number % 2 == 0));
        board.enter(row, winners);
        let claims = dice.below(winners + 2);
        let more = board.redue(winners, claims);
        object(&[
            ("row", object(&[("solver", facts::address(row.solver)), ("number", self::number(number))])),
            ("open", flag(open)),
            ("keeps", flag(keeps)),
            ("claims", count(claims)),
            ("more", count(more)),
            ("board", facts::board(&board)),
            ("isDue", flag(board.is_due(number))),
        ])
    });
    let moves: Vec<Json> = moves.collect();
    object(&[("winners", count(winners)), ("moves", list(moves))])
}

/// Carry, deposit and budget of every kind, and the shares of an epoch's fee.
pub fn fees() -> Vec<Json> {
    let mut rows = Vec::new();
    for carry in [0, 6] {
        for deposit in [0, 4, 6, 10] {
            for fee in [0, 6] {
                for faulty in [false, true] {
                    let bill = bill(Paid { carry, deposit }, fee, faulty);
                    let names = ["carry", "deposit", "fee"].into_iter().zip([carry, deposit, fee].map(big));
                    let paid: Vec<(&str, Json)> = names.chain([("faulty", flag(faulty))]).collect();
                    let parts = [bill.carry, bill.deposit, bill.budget, bill.back].map(big);
                    rows.push(object(&[("bill", object(&paid)), ("parts", list(parts))]));
                }
            }
        }
    }
    for (oracles, oracle_fee) in [(1usize, 3), (3, 3), (5, 2), (5, 0)] {
        let m = oracles.div_ceil(2);
        let fee = m as Amount * oracle_fee;
        for budget in [0, 1, 5, 6, 7, 100] {
            rows.push(object(&[
                ("oracles", count(oracles)),
                ("oracleFee", big(oracle_fee)),
                ("verdictFee", big(fee)),
                ("budget", big(budget)),
                ("cover", text(if cover(budget, fee) == Cover::Budget { "budget" } else { "solver" })),
                ("share", big(fee_share(1, budget, fee, m))),
                ("flat", big(fee_share(0, budget, fee, m))),
            ]));
        }
    }
    rows
}

/// Scores are rounded against the solver and compared with the threshold.
pub fn scores() -> Vec<Json> {
    let mut rows = Vec::new();
    for score in [0, 1, 4, 5, 7, -1, -5, -7, Score::MAX, Score::MAX - 3, Score::MIN, Score::MIN + 3] {
        for step in [1, 5, 10_000_000] {
            for direction in DIRECTIONS {
                let rounded = round(score, step, direction);
                rows.push(object(&[
                    ("score", big(score)),
                    ("step", big(step)),
                    ("direction", facts::direction(direction)),
                    ("rounded", big(rounded)),
                    ("meetsFive", flag(meets(rounded, 5, direction))),
                ]));
            }
        }
    }
    rows
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

/// A solver tries until it may not, over some days.
pub fn attempts() -> Vec<Json> {
    let mut dice = Dice(14);
    (0..8).map(|_| attempts_case(&mut dice)).collect()
}

fn attempts_case(dice: &mut Dice) -> Json {
    let (in_all, per_day) = (dice.within(1, 6) as u32, dice.within(1, 3) as u32);
    let mut so_far = Attempts::default();
    let mut now = DAY - 2;
    let mut tries = Vec::new();
    for _ in 0..8 {
        now += dice.of(&[1, 1, 1, DAY / 2, DAY]);
        let next = attempts::next(so_far, so_far.count + 1, now, in_all, per_day);
        so_far = next.unwrap_or(so_far);
        tries.push(object(&[
            ("now", number(now)),
            ("taken", flag(next.is_ok())),
            ("count", number(so_far.count)),
            ("day", number(so_far.day)),
            ("today", number(so_far.today)),
        ]));
    }
    object(&[("attempts", number(in_all)), ("attemptsPerDay", number(per_day)), ("tries", list(tries))])
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
    record.fold(&tally, undecided);
    object(&[("moves", list(moves)), ("undecided", number(undecided)), ("missing", number(record.missing))])
}

fn conclusion(tally: &mut Tally, vote: Verdict, dice: &mut Dice) -> facts::Fields {
    let mut votes = Votes::none(1);
    votes.cast[0] = (tally.open > 0 && !dice.one_in(3)).then_some(vote);
    let by = dice.of(&[By::Quorum(vec![1]), By::Judge]);
    let decided = Ending::Decided(Decision { verdict: some_verdict(dice), by });
    let ending = dice.of(&[decided.clone(), decided, Ending::Unsettled, Ending::Void]);
    tally.conclude(0, &votes, &ending);
    vec![
        ("does", text("conclude")),
        ("vote", or_null(votes.cast[0], facts::verdict)),
        ("ending", facts::ending(&ending)),
    ]
}
