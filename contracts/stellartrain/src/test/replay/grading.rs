//! Votes, ballots and what they come to, row by row.
extern crate std;
use super::fields::Fields;
use super::told::{Ballot, Piece, Told};
use crate::types::*;
use std::vec::Vec;

pub const CARRIED: u32 = 1;
pub const PASSED: u32 = 2;
pub const KEPT: u32 = 4;
pub const HELD: u32 = 8;
pub const PRIZE_PAID: u32 = 16;
pub const BY_JUDGE: u32 = 32;
const JUDGE: u32 = 253;
const NOBODY: u32 = 254;
const OPEN: u32 = 255;

/// The parts of a row.
struct Parts {
    number: u32,
    by: u32,
    verdict: Verdict,
    reason: u32,
    flags: u32,
    status: Verdict,
    amount: i128,
}

fn parts(row: &Row) -> Parts {
    let what = row.2;
    Parts {
        number: row.0,
        by: row.1,
        verdict: verdict(what & 0xff),
        reason: what >> 8 & 0xff,
        flags: what >> 16 & 0xff,
        status: verdict(what >> 24),
        amount: row.6,
    }
}

fn verdict(code: u32) -> Verdict {
    use Verdict::{Pending, Rejected, Scored, Unavailable, Unsettled, Void};
    [Pending, Scored, Rejected, Unavailable, Unsettled, Void][code as usize]
}

/// A rejection's reason is not compared.
fn same(a: &Ballot, b: &Ballot) -> bool {
    (a.1, a.3, &a.4, a.5) == (b.1, b.3, &b.4, b.5)
}

/// What stands, and the places of the oracles whose equal votes came first; none where the judge decided.
fn decision(votes: &[Ballot], m: usize) -> Option<(Ballot, Vec<u32>)> {
    if let Some(ballot) = votes.iter().find(|vote| vote.0 == JUDGE) {
        return Some((ballot.clone(), std::vec![]));
    }
    votes.iter().find_map(|vote| {
        let first: Vec<&Ballot> = votes.iter().filter(|other| same(vote, other)).take(m).collect();
        let lowest = first.iter().min_by_key(|vote| vote.2)?;
        (first.len() == m).then(|| ((*lowest).clone(), first.iter().map(|vote| vote.0).collect()))
    })
}

impl Told {
    pub fn scored(&mut self, f: &Fields, now: u64) {
        let (place, rows): (u32, soroban_sdk::Vec<Row>) = (self.place(&f.topic(2)), f.get("rows"));
        for row in rows.iter() {
            self.vote(place, &row, now);
        }
        if f.get::<bool>("settle") {
            self.rows(&rows, now);
        } else {
            rows.iter().for_each(|row| self.untouched(&parts(&row)));
        }
    }

    pub fn ruled(&mut self, f: &Fields, now: u64) {
        let rows: soroban_sdk::Vec<Row> = f.get("rows");
        for row in rows.iter() {
            self.vote(JUDGE, &row, now);
        }
        rows.iter().for_each(|row| self.untouched(&parts(&row)));
    }

    /// A row of a call that settles nothing: only a place can have been kept.
    fn untouched(&mut self, told: &Parts) {
        assert_eq!((told.by, told.amount), (OPEN, 0));
        self.flag(told);
        assert_eq!(self.pieces[&told.number].verdict, told.status);
    }

    /// A vote or a ballot joins the others, or is counted late.
    fn vote(&mut self, by: u32, row: &Row, now: u64) {
        let (m, ended) = (self.m(), self.state.ended > 0);
        let told = parts(row);
        let vote: Ballot = (by, told.verdict, told.reason, row.3, row.4.clone(), row.5);
        let piece = self.pieces.get_mut(&told.number).expect("a submission");
        let found = decision(&piece.votes, m);
        if piece.verdict != Verdict::Pending {
            let verdict: Ballot = (0, piece.verdict, 0, piece.score, piece.content.clone(), piece.accepted_units);
            let verdict = super::money::by_quorum(piece).then_some(verdict);
            late(piece, &mut self.tallies[by as usize], &vote, verdict);
            return;
        }
        if ended && piece.flags & KEPT == 0 {
            // What the queue had passed is concluded by its quorum, whoever settles it; all else is void.
            if let Some((verdict, _)) = found.filter(|(_, quorum)| piece.flags & PASSED > 0 && !quorum.is_empty()) {
                late(piece, &mut self.tallies[by as usize], &vote, Some(verdict));
            }
            return;
        }
        let undecided = found.is_none();
        let improves = piece.votes.iter().any(|other| other.0 == by);
        if improves && !undecided {
            return;
        }
        piece.votes.retain(|other| other.0 != by);
        piece.votes.push(vote);
        if by != JUDGE {
            piece.voted |= 1 << by;
            if !improves && piece.votes.len() == m {
                piece.heard = now;
            }
            let tally = &mut self.tallies[by as usize];
            let unavailable = told.verdict == Verdict::Unavailable;
            match improves {
                true => tally.unavailable -= 1,
                false => {
                    tally.votes += 1;
                    tally.open += 1;
                    tally.unavailable += u32::from(unavailable);
                }
            }
        }
        self.state.decided += u32::from(undecided && decision(&piece.votes, m).is_some() && !ended);
    }

    /// What the call did with each submission, in the order in which it was settled.
    pub fn rows(&mut self, rows: &soroban_sdk::Vec<Row>, now: u64) {
        let rows: Vec<Parts> = rows.iter().map(|row| parts(&row)).collect();
        // Flags are those after the call: who was passed over and concluded, or lost its place again, says so by the rest.
        for told in &rows {
            if told.by == OPEN {
                self.pass(told);
            } else {
                self.conclude(told, now);
            }
        }
        for told in rows.iter().filter(|told| told.by != OPEN) {
            self.pay(told);
        }
    }

    /// An open submission that the queue passed over, or for which a place is kept.
    fn pass(&mut self, told: &Parts) {
        let before = self.pieces[&told.number].flags;
        if told.flags & PASSED > before & PASSED {
            self.state.head += 1;
            assert_eq!(self.state.head, told.number, "the queue goes by number");
        }
        self.flag(told);
        assert_eq!((self.pieces[&told.number].verdict, told.amount), (told.status, 0));
    }

    /// Takes over the flags of a submission that this call did not conclude.
    fn flag(&mut self, told: &Parts) {
        let piece = self.pieces.get_mut(&told.number).expect("a submission");
        let new = told.flags & !piece.flags;
        assert_eq!((told.flags & piece.flags, new & !(PASSED | KEPT)), (piece.flags, 0), "flags of #{}", told.number);
        self.state.kept += u32::from(new & KEPT > 0);
        piece.flags = told.flags;
    }

    pub fn conclude_row(&mut self, row: &Row, now: u64) {
        let told = parts(row);
        if told.by != OPEN {
            self.conclude(&told, now);
        }
    }

    fn conclude(&mut self, told: &Parts, now: u64) {
        let (m, over, ended) = (self.m(), now >= self.end(), self.state.ended > 0);
        let bounty = matches!(self.terms.payout, Payout::Bounty(_));
        let piece = self.pieces.get_mut(&told.number).expect("a submission");
        assert_eq!(piece.verdict, Verdict::Pending, "concluded once");
        let found = decision(&piece.votes, m);
        self.state.kept -= u32::from(piece.flags & KEPT > 0);
        self.state.decided -= u32::from(found.is_some() && !ended);
        if bounty && piece.flags & PASSED == 0 && !over && !ended {
            self.state.head += 1;
            assert_eq!(self.state.head, told.number, "the queue goes by number");
        }
        let decided = found.filter(|_| told.by != NOBODY);
        let quorum = decided.as_ref().map_or(std::vec![], |(_, places)| places.clone());
        for (place, tally) in self.tallies.iter_mut().enumerate() {
            let vote = piece.votes.iter().find(|vote| vote.0 as usize == place);
            match (vote, &decided) {
                (Some(vote), Some((verdict, _))) if !quorum.is_empty() => {
                    tally.open -= 1;
                    *(if same(vote, verdict) { &mut tally.agreed } else { &mut tally.disagreed }) += 1;
                }
                (Some(_), _) => tally.open -= 1,
                (None, _) => {
                    // What was open when the challenge came to count in the records was missing then.
                    let missing = !self.state.folded && quorum.is_empty() && told.status != Verdict::Void;
                    tally.missing += u32::from(missing);
                }
            }
        }
        piece.votes.clear();
        piece.heard = 0;
        piece.verdict = told.status;
        piece.flags &= !KEPT;
        if let Some((verdict, places)) = &decided {
            assert_eq!(told.status, verdict.1);
            assert_eq!(told.by == JUDGE, places.is_empty());
            assert!(told.by == JUDGE || places.contains(&told.by), "by an oracle of the quorum");
            (piece.reason, piece.score, piece.content, piece.accepted_units) =
                (verdict.2, verdict.3, verdict.4.clone(), verdict.5);
            piece.flags |= if places.is_empty() { BY_JUDGE } else { 0 };
        } else {
            assert!(matches!(told.status, Verdict::Unsettled | Verdict::Void));
        }
        self.state.concluded += 1;
        self.state.scored += u32::from(told.status == Verdict::Scored);
        self.state.unsettled += u32::from(told.status == Verdict::Unsettled);
        self.charge(told.number, &quorum);
        self.enter(told.number, now);
    }

    /// What was sent or held because of a conclusion, by what the flags say of it.
    fn pay(&mut self, told: &Parts) {
        let (prize, back) = self.owed(told.number);
        assert_eq!(told.amount, prize + back, "the amount of #{}", told.number);
        let held = if prize > 0 { told.flags & PRIZE_PAID == 0 } else { told.flags & HELD > 0 };
        if !held {
            self.send(told.number, prize, back);
        }
        assert_eq!(self.pieces[&told.number].flags, told.flags, "the flags of #{}", told.number);
    }

    pub fn released(&mut self, f: &Fields, now: u64) {
        let row: Row = f.get("row");
        let (prize, back): (i128, i128) = (f.get("prize"), f.get("back"));
        self.redue(now);
        self.conclude_row(&row, now);
        assert_eq!(self.owed(row.0), (prize, back), "released #{}", row.0);
        self.send(row.0, prize, back);
        let (told, piece) = (parts(&row), &self.pieces[&row.0]);
        assert_eq!((told.flags, told.status, told.amount), (piece.flags, piece.verdict, prize + back));
    }
}

/// A vote on what can get no other verdict counts once for each oracle, and changes nothing.
fn late(piece: &mut Piece, tally: &mut Tally, vote: &Ballot, verdict: Option<Ballot>) {
    if piece.voted & 1 << vote.0 > 0 {
        return;
    }
    piece.voted |= 1 << vote.0;
    tally.votes += 1;
    tally.unavailable += u32::from(vote.1 == Verdict::Unavailable);
    if let Some(verdict) = verdict {
        *(if same(vote, &verdict) { &mut tally.agreed } else { &mut tally.disagreed }) += 1;
    }
}
