//! Competitions: the running table on the public part of the truth, and the ranking on the private part that alone decides.
use crate::basics::{require, Address, Amount, Number, Score};
use crate::refusal::Refusal;
use crate::score::Direction;
use crate::terms::Terms;

/// A solver's place in the running table or in a ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Stands once.
    pub solver: Address,
    /// The submission that brings the place.
    pub number: Number,
    /// On the public part in the running table, on the private part in a ranking.
    pub score: Score,
}

impl Place {
    /// Better score first, ties to the earlier submission; no two places are equal, for their numbers differ.
    pub fn before(&self, other: &Place, direction: Direction) -> bool {
        match direction {
            _ if self.score == other.score => self.number < other.number,
            Direction::Maximize => self.score > other.score,
            Direction::Minimize => self.score < other.score,
        }
    }
}

/// The best distinct solvers, best first, at most as many as there are prizes.
pub fn enter(table: &mut Vec<Place>, new: Place, prizes: usize, direction: Direction) {
    if let Some(own) = table.iter().position(|place| place.solver == new.solver) {
        if table[own].before(&new, direction) {
            return;
        }
        table.remove(own);
    }
    let at = table.iter().position(|place| new.before(place, direction)).unwrap_or(table.len());
    table.insert(at, new);
    table.truncate(prizes);
}

/// One scored attempt as an oracle knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Its solver.
    pub solver: Address,
    /// Its number.
    pub number: Number,
    /// The verdict's score.
    pub public: Score,
    /// Known to the oracles alone until they rank.
    pub private: Score,
}

/// The ranking that every honest oracle computes from the scored submissions.
///
/// A solver's result is the better private score of its two attempts with the best public scores, ties to the earlier both
/// times; nothing is chosen by hand. Results that do not reach the threshold have no place.
pub fn ranking(scored: &[Attempt], terms: &Terms, prizes: usize) -> Vec<Place> {
    let direction = terms.direction;
    let public = |attempt: &Attempt| Place { score: attempt.public, ..private(attempt) };
    let mut best: Vec<Attempt> = scored.to_vec();
    best.sort_by(|a, b| order(&public(a), &public(b), direction));
    let mut tried: Vec<Attempt> = Vec::new();
    for attempt in best {
        if tried.iter().filter(|other| other.solver == attempt.solver).count() < 2 {
            tried.push(attempt);
        }
    }
    let mut table = Vec::new();
    for attempt in tried.iter().filter(|attempt| terms.meets(terms.round(attempt.private))) {
        enter(&mut table, private(attempt), usize::MAX, direction);
    }
    table.truncate(prizes);
    table
}

fn private(attempt: &Attempt) -> Place {
    Place { solver: attempt.solver, number: attempt.number, score: attempt.private }
}

fn order(a: &Place, b: &Place, direction: Direction) -> std::cmp::Ordering {
    if a.before(b, direction) {
        std::cmp::Ordering::Less
    } else {
        std::cmp::Ordering::Greater
    }
}

/// What the contract checks of a posted ranking: at most as many rows as prizes, each of a scored submission, of distinct
/// solvers, in order, each reaching the threshold when rounded. `scored` says whether a submission may stand in it. The order is
/// that of the scores as posted: rounding them, too, would only make ties.
pub fn check(rows: &[Place], terms: &Terms, prizes: usize, scored: impl Fn(&Place) -> bool) -> Result<(), Refusal> {
    let distinct = |at: usize| rows[..at].iter().all(|other| other.solver != rows[at].solver);
    let fits = rows.len() <= prizes
        && (0..rows.len()).all(distinct)
        && rows.windows(2).all(|pair| pair[0].before(&pair[1], terms.direction))
        && rows.iter().all(|row| scored(row) && terms.meets(terms.round(row.score)));
    require(fits, Refusal::BadRanking)
}

/// By whom the prizes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// m oracles posted the same ranking.
    Oracles,
    /// The judge's last ranking, from the end on.
    Judge,
    /// Nobody's ranking counts: the running table pays, in full.
    RunningTable,
}

/// The rankings of one challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rankings {
    /// The running table.
    pub table: Vec<Place>,
    /// Each oracle's, by its place; the contract keeps a hash of each.
    pub votes: Vec<Option<Vec<Place>>>,
    /// The judge's last one.
    pub judge: Option<Vec<Place>>,
    /// Whose prizes are set aside, once they are.
    pub placed: Option<By>,
    /// Its rows.
    pub places: Vec<Place>,
}

impl Rankings {
    /// None yet, of n oracles.
    pub fn none(n: usize) -> Rankings {
        Rankings { table: Vec::new(), votes: vec![None; n], judge: None, placed: None, places: Vec::new() }
    }

    /// Takes an oracle's ranking, which may replace its own; returns the m oracles whose equal rankings are the quorum.
    pub fn vote(&mut self, oracle: usize, rows: &[Place], m: usize) -> Option<Vec<usize>> {
        self.votes[oracle] = Some(rows.to_vec());
        let equal = |place: &usize| self.votes[*place].as_deref() == Some(rows);
        let quorum: Vec<usize> = (0..self.votes.len()).filter(equal).collect();
        (quorum.len() == m).then_some(quorum)
    }

    /// By whom the prizes go now, if they do. The oracles' quorum counts at once; from the end on, where there is none, the
    /// judge's last ranking; where the judge posted none either, the running table, once nothing is decided that is not in it.
    pub fn due(&self, over: bool, decided: usize) -> Option<(By, &[Place])> {
        match &self.judge {
            _ if self.placed.is_some() || !over => None,
            Some(rows) => Some((By::Judge, rows)),
            None if decided == 0 => Some((By::RunningTable, &self.table)),
            None => None,
        }
    }

    /// Sets a ranking's places; returns the sum of their prizes.
    pub fn place(&mut self, by: By, places: Vec<Place>, prizes: &[Amount]) -> Amount {
        self.placed = Some(by);
        self.places = places;
        prizes[..self.places.len()].iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::play::{dice::Dice, samples};

    fn place(solver: u32, number: u32, score: Score) -> Place {
        Place { solver: Address(solver), number, score }
    }

    fn attempt(solver: u32, number: u32, public: Score, private: Score) -> Attempt {
        Attempt { solver: Address(solver), number, public, private }
    }

    #[test]
    fn ties_go_to_the_earlier_submission_both_ways() {
        for direction in [Direction::Maximize, Direction::Minimize] {
            assert!(place(1, 1, 5).before(&place(2, 2, 5), direction));
            assert!(!place(2, 2, 5).before(&place(1, 1, 5), direction));
        }
        assert!(place(1, 9, 6).before(&place(2, 1, 5), Direction::Maximize));
        assert!(place(1, 9, 4).before(&place(2, 1, 5), Direction::Minimize));
    }

    /// The running table is what sorting everything would give, in whatever order it came.
    #[test]
    fn the_running_table_does_not_depend_on_the_order() {
        let mut dice = Dice(3);
        for _ in 0..200 {
            let direction = dice.of(&[Direction::Maximize, Direction::Minimize]);
            let mut all: Vec<Place> =
                (1..20).map(|number| place(dice.below(6) as u32, number, dice.below(5) as Score)).collect();
            let mut sorted = all.clone();
            sorted.sort_by(|a, b| order(a, b, direction));
            let mut best: Vec<Place> = Vec::new();
            for row in sorted {
                if best.iter().all(|other| other.solver != row.solver) {
                    best.push(row);
                }
            }
            best.truncate(3);
            dice.shuffle(&mut all);
            let mut table = Vec::new();
            all.iter().for_each(|row| enter(&mut table, *row, 3, direction));
            assert_eq!(table, best);
        }
    }

    #[test]
    fn a_result_is_the_better_private_score_of_the_two_best_public_ones() {
        let terms = samples::ranked(&[30, 20, 10]);
        let scored = [
            attempt(1, 1, 93, 99),
            attempt(1, 2, 95, 91),
            attempt(1, 3, 94, 92),
            attempt(2, 4, 91, 92),
            attempt(2, 5, 91, 93),
            attempt(2, 6, 91, 99),
            attempt(3, 7, 99, 80),
        ];
        let expected = [place(2, 5, 93), place(1, 3, 92)];
        assert_eq!(
            ranking(&scored, &terms, 3),
            expected,
            "the best private score of the first is its third public one"
        );
        assert_eq!(ranking(&scored, &terms, 1), expected[..1]);
    }

    #[test]
    fn a_ranking_has_scored_distinct_ordered_rows() {
        let terms = samples::ranked(&[30, 20]);
        let check = |rows: &[Place]| check(rows, &terms, 2, |row| row.number != 9);
        assert_eq!(check(&[place(1, 2, 95), place(2, 3, 95)]), Ok(()));
        assert_eq!(check(&[]), Ok(()));
        for bad in [
            vec![place(2, 3, 95), place(1, 2, 95)],
            vec![place(1, 2, 95), place(1, 3, 94)],
            vec![place(1, 2, 89)],
            vec![place(1, 9, 95)],
            vec![place(1, 1, 99), place(2, 2, 98), place(3, 3, 97)],
        ] {
            assert_eq!(check(&bad), Err(Refusal::BadRanking), "{bad:?}");
        }
    }

    #[test]
    fn an_oracle_replaces_its_own_until_the_quorum() {
        let mut it = Rankings::none(3);
        let (one, other) = ([place(1, 1, 95)], [place(1, 1, 96)]);
        assert_eq!(it.vote(0, &one, 2), None);
        assert_eq!(it.vote(0, &one, 2), None, "the same oracle twice is one oracle");
        assert_eq!(it.vote(2, &other, 2), None);
        assert_eq!(it.vote(0, &other, 2), Some(vec![0, 2]));
    }

    #[test]
    fn the_quorum_else_the_judge_else_the_running_table() {
        let mut it = Rankings::none(3);
        it.table = vec![place(1, 1, 95)];
        assert_eq!((it.due(false, 0), it.due(true, 1)), (None, None));
        assert_eq!(it.due(true, 0), Some((By::RunningTable, &it.table[..])));
        it.judge = Some(vec![]);
        assert_eq!(it.due(false, 0), None, "a judge's ranking changes nothing before the end");
        assert_eq!(it.due(true, 1), Some((By::Judge, &[][..])));
        assert_eq!(it.place(By::Oracles, vec![place(1, 1, 95), place(2, 2, 94)], &[50, 30, 20]), 80);
        assert_eq!(it.due(true, 0), None);
    }
}
