//! Single rules: phases at every boundary, the board, bills, scores, attempts.
use crate::facts;
use crate::json::{big, count, flag, list, number, object, text, Json};
use stellartrain_model::attempts::{self, Attempts};
use stellartrain_model::basics::{Address, Amount, Number, Score, Time, DAY};
use stellartrain_model::board::{keeps_place, Board, Row};
use stellartrain_model::earnings::fee_share;
use stellartrain_model::fees::{bill, cover, Cover, Paid};
use stellartrain_model::phase::{phase, Facts};
use stellartrain_model::play::{dice::Dice, samples};
use stellartrain_model::score::{meets, round, Direction};
use stellartrain_model::terms::Terms;

/// Both.
pub const DIRECTIONS: [Direction; 2] = [Direction::Maximize, Direction::Minimize];

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
