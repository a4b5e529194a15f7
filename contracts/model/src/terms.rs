//! What a maker fixes at creation, for ever, and the bounds that nobody can be pushed over.
use crate::basics::{require, Address, Amount, Score, Time, Token, DAY, MAX_AMOUNT};
use crate::refusal::Refusal;
use crate::score::{self, Direction};

/// How a challenge pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payout {
    /// First to reach the threshold: the reward to each of the first winners, in the order of submission.
    Bounty {
        /// What each winner gets.
        reward: Amount,
        /// How many solvers can win.
        winners: usize,
    },
    /// A competition: the prizes to the best distinct solvers on the private part of the truth.
    Ranked {
        /// The largest first.
        prizes: Vec<Amount>,
    },
    /// Labeling: the rate for each accepted unit of a batch.
    PerUnit {
        /// What a unit brings.
        rate: Amount,
        /// The largest batch.
        max_units: u32,
    },
    /// Thousands of labelers: by Merkle sum trees of cumulative amounts.
    Earnings,
}

/// Who decides what the oracles leave undecided, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judge {
    /// A person, a panel or a contract.
    pub address: Address,
    /// Ballots are taken before this moment.
    pub by: Time,
}

/// The frozen entry of a challenge. Texts, content identifiers and the truth's commitment are left out: no rule reads them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Escrows the prize.
    pub maker: Address,
    /// In which everything is paid.
    pub token: Token,
    /// How the prize is won.
    pub payout: Payout,
    /// 1, 3 or 5; their majority is the quorum.
    pub oracles: Vec<Address>,
    /// What each oracle of a quorum earns for a verdict.
    pub oracle_fee: Amount,
    /// What a submission pays in and every valid one gets back.
    pub deposit: Amount,
    /// From here on a score wins.
    pub threshold: Score,
    /// Which way a better score lies.
    pub direction: Direction,
    /// Scores are rounded to its multiples, against the solver.
    pub step: Score,
    /// Submissions and votes are taken from here on.
    pub opens: Time,
    /// All oracles accept before this moment.
    pub accept_by: Time,
    /// Submissions are taken before this moment.
    pub deadline: Time,
    /// How long an oracle tries before it may call a submission unavailable, and how long others wait for it.
    pub patience: Time,
    /// Votes are taken before this moment.
    pub grade_by: Time,
    /// Nobody, or who decides after the oracles.
    pub judge: Option<Judge>,
    /// A contract that is asked whether it admits a solver.
    pub gate: Option<Address>,
    /// Attempts of a solver in all; failures count.
    pub attempts: u32,
    /// Attempts of a solver on one day, UTC.
    pub attempts_per_day: u32,
    /// Identical content of another solver earns nothing: a rule that the oracles follow, the contract knows no copies.
    pub unique_content: bool,
    /// The maker promises to open the truth after the end.
    pub opens_truth: bool,
}

/// What a deployment fixes: seconds on a local network, 10 minutes and a day on the public one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The shortest patience.
    pub patience: Time,
    /// The shortest time between deadline and `grade_by`, and between `grade_by` and `judge_by`.
    pub window: Time,
}

impl Limits {
    /// Those of the public network.
    pub const PUBLIC: Limits = Limits { patience: 600, window: DAY };
}

const MAX_PATIENCE: Time = 7 * DAY;
/// A challenge's entries live this long without anyone extending them.
const MAX_LENGTH: Time = 150 * DAY;
const MAX_WINNERS: usize = 50;
const MAX_PRIZES: usize = 40;
/// No batch can reserve more than this part of the prize.
const BATCHES_IN_A_PRIZE: Amount = 20;

impl Terms {
    /// How many oracles are named.
    pub fn n(&self) -> usize {
        self.oracles.len()
    }

    /// The quorum: whoever can block a verdict (n - m + 1 oracles) could as well make one.
    pub fn m(&self) -> usize {
        self.n().div_ceil(2)
    }

    /// What a verdict of a quorum costs: the same whatever it says.
    pub fn verdict_fee(&self) -> Amount {
        self.m() as Amount * self.oracle_fee
    }

    /// From here on nothing is decided any more, only carried out.
    pub fn end(&self) -> Time {
        self.judge.map_or(self.grade_by, |judge| judge.by)
    }

    /// Votes are taken before this moment; a ranking's last patience belongs to the ranking alone.
    pub fn votes_end(&self) -> Time {
        self.grade_by - if self.is_ranked() { self.patience } else { 0 }
    }

    /// Whether first come is first paid: the only rule with a queue.
    pub fn is_bounty(&self) -> bool {
        matches!(self.payout, Payout::Bounty { .. })
    }

    /// Whether prizes go by rank.
    pub fn is_ranked(&self) -> bool {
        matches!(self.payout, Payout::Ranked { .. })
    }

    /// Whether an oracle holds content of others against a submission. Never in batches of labels: their hash is over the labeler
    /// too, so no two are equal, and an oracle that waited for lower numbers would only let junk delay a labeler's next batch.
    pub fn compares_content(&self) -> bool {
        self.unique_content && !matches!(self.payout, Payout::PerUnit { .. })
    }

    /// Whether labelers earn by Merkle trees; nothing is submitted then.
    pub fn is_earnings(&self) -> bool {
        matches!(self.payout, Payout::Earnings)
    }

    /// The place of an oracle in the list.
    pub fn oracle(&self, who: Address) -> Result<usize, Refusal> {
        self.oracles.iter().position(|oracle| *oracle == who).ok_or(Refusal::NotAnOracle)
    }

    /// Whether a rounded score wins.
    pub fn meets(&self, score: Score) -> bool {
        score::meets(score, self.threshold, self.direction)
    }

    /// A score as it counts.
    pub fn round(&self, score: Score) -> Score {
        score::round(score, self.step, self.direction)
    }
}

/// Whether a challenge with these terms can be created now; `prize` and `budget` are what the maker pays in.
pub fn check(terms: &Terms, prize: Amount, budget: Amount, now: Time, limits: Limits) -> Result<(), Refusal> {
    check_people(terms)?;
    check_times(terms, now, limits)?;
    check_payout(&terms.payout, prize)?;
    for amount in [terms.oracle_fee, terms.deposit, prize, budget] {
        require((0..=MAX_AMOUNT).contains(&amount), Refusal::BadAmount)?;
    }
    // Nothing is submitted to earnings, so there is nothing to secure.
    require(!terms.is_earnings() || terms.deposit == 0, Refusal::BadAmount)?;
    require(!terms.is_ranked() || budget >= terms.verdict_fee(), Refusal::BudgetTooSmall)?;
    require(terms.step >= 1, Refusal::BadStep)?;
    require(terms.attempts >= 1 && terms.attempts_per_day >= 1, Refusal::BadAttempts)
}

fn check_people(terms: &Terms) -> Result<(), Refusal> {
    let distinct = |place: usize| !terms.oracles[..place].contains(&terms.oracles[place]);
    require(matches!(terms.n(), 1 | 3 | 5) && (0..terms.n()).all(distinct), Refusal::BadOracles)?;
    let Some(judge) = terms.judge else { return Ok(()) };
    let partial = judge.address == terms.maker || terms.oracles.contains(&judge.address);
    require(!partial && !terms.is_earnings(), Refusal::BadJudge)
}

/// Nobody is rushed: a solver has one patience between everything that must come before and the deadline, the oracles have
/// four after it, and they and the judge at least one window.
fn check_times(terms: &Terms, now: Time, limits: Limits) -> Result<(), Refusal> {
    let p = terms.patience;
    require((limits.patience..=MAX_PATIENCE).contains(&p), Refusal::BadPatience)?;
    let after = |from: Time, more: Time| from.checked_add(more).ok_or(Refusal::BadTimes);
    let fits = terms.accept_by > now
        && after(terms.opens, p)? <= terms.deadline
        && after(terms.accept_by, p)? <= terms.deadline
        && terms.grade_by >= after(terms.deadline, 4 * p)?
        && terms.grade_by >= after(terms.deadline, limits.window)?
        && terms.end() <= after(now, MAX_LENGTH)?;
    require(fits, Refusal::BadTimes)?;
    match terms.judge {
        Some(judge) => require(judge.by >= after(terms.grade_by, limits.window)?, Refusal::BadTimes),
        None => Ok(()),
    }
}

fn check_payout(payout: &Payout, prize: Amount) -> Result<(), Refusal> {
    let paid = |amount: Amount| (1..=MAX_AMOUNT).contains(&amount);
    match payout {
        Payout::Bounty { reward, winners } => {
            require((1..=MAX_WINNERS).contains(winners) && paid(*reward), Refusal::BadPayout)?;
            require(prize == reward * *winners as Amount, Refusal::WrongPrize)
        }
        Payout::Ranked { prizes } => {
            let fits = (1..=MAX_PRIZES).contains(&prizes.len())
                && prizes.iter().all(|prize| paid(*prize))
                && prizes.windows(2).all(|pair| pair[0] >= pair[1]);
            require(fits, Refusal::BadPayout)?;
            require(prize == prizes.iter().sum(), Refusal::WrongPrize)
        }
        Payout::PerUnit { rate, max_units } => {
            require(paid(*rate) && *max_units >= 1, Refusal::BadPayout)?;
            require(paid(prize), Refusal::WrongPrize)?;
            // One wallet alone can never hold up everyone else by what it reserves.
            require(rate * Amount::from(*max_units) <= prize / BATCHES_IN_A_PRIZE, Refusal::BadPayout)
        }
        Payout::Earnings => require(paid(prize), Refusal::WrongPrize),
    }
}
