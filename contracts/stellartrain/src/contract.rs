//! Everything that anyone can do with StellarTrain: each entry point authorises, runs its flow (checks, rules, storage,
//! money) and says in an event what happened.
use crate::errors::Error;
use crate::events::{
    ChallengeAccepted, ChallengeCancelled, ChallengeClosed, ChallengeCreated, EarningsClaimed, EarningsPosted,
    FeesWithdrawn, OracleRegistered, PaymentReleased, RankingPosted, Ruled, Scored, Settled, Submitted, ToppedUp,
    TruthRevealed, EVENT_VERSION,
};
use crate::flows::{closing, creation, earnings, grading, judging, ranking, registry, release, submission, views};
use crate::storage::{self, Slot};
use crate::types::{
    Attempts, Branch, Challenge, Cid, Config, Earnings, Epoch, MakerRecord, OracleKey, OracleRecord, Outcome, Phase,
    Place, RankingRow, Settlement, Sibling, State, Submission, SubmissionId, Terms, Vote,
};
use soroban_sdk::{contract, contractimpl, contractmeta, panic_with_error, Address, Bytes, BytesN, Env, String, Vec};

contractmeta!(key = "event_version", val = "2");

#[contract]
pub struct StellarTrain;

#[contractimpl]
impl StellarTrain {
    /// Fixes the shortest patience and the shortest window for grading and judging, in seconds; nothing else about the
    /// contract can be set, by anyone, ever.
    pub fn __constructor(e: Env, min_patience: u64, min_window: u64) {
        storage::set_config(&e, &Config { event_version: EVENT_VERSION, min_patience, min_window });
    }

    /// Registers an oracle, or its next key. A key is never replaced: each call appends a version.
    ///
    /// # Arguments
    ///
    /// * `oracle` - who grades; authorises the call.
    /// * `key` - X25519 recipient that truths and shares of challenge keys are encrypted to.
    /// * `url` - where its service answers, at most 128 bytes.
    /// * `metadata` - document about the oracle.
    ///
    /// # Returns
    ///
    /// The version, from 1.
    ///
    /// # Errors
    ///
    /// * `UrlTooLong`, `BadCid`
    ///
    /// # Events
    ///
    /// * `oracle_registered`
    pub fn register_oracle(e: Env, oracle: Address, key: BytesN<32>, url: String, metadata: Cid) -> u32 {
        oracle.require_auth();
        let version = registry::register(&e, &oracle, &key, &url, &metadata);
        OracleRegistered { oracle, version, key, url, metadata }.publish(&e);
        version
    }

    /// Creates a challenge and locks its whole prize and its fee budget.
    ///
    /// # Arguments
    ///
    /// * `maker` - who pays; authorises the call and the transfer.
    /// * `terms` - the rules; none of them can change later.
    /// * `prize` - all rewards of a bounty or all prizes of a ranking, exactly; for the other rules, what there is to begin
    ///   with.
    /// * `fee_budget` - for the oracles, beside the prize; the fees of a ranking are set aside out of it.
    ///
    /// # Returns
    ///
    /// The challenge's number, from 1. It comes from a counter: declare the entries of the next numbers in the footprint, for
    /// another creation may land first.
    ///
    /// # Errors
    ///
    /// * `BadOracles`, `NotRegistered`, `BadJudge`, `BadTimes`, `BadPatience`, `BadPayout`, `WrongPrize`, `BadAmount`,
    ///   `BudgetTooSmall`, `BadAttempts`, `BadStep`, `BadCid`, `TransferMismatch`
    ///
    /// # Events
    ///
    /// * `challenge_created`
    pub fn create_challenge(e: Env, maker: Address, terms: Terms, prize: i128, fee_budget: i128) -> u32 {
        maker.require_auth();
        let (challenge, Challenge { maker, terms, .. }) = creation::create(&e, maker, terms, prize, fee_budget);
        let token = terms.token.clone();
        ChallengeCreated { challenge, maker, token, terms, prize, fee_budget }.publish(&e);
        challenge
    }

    /// Accepts a challenge, after the oracle has checked that it can grade it; fixes its key version.
    ///
    /// Submissions are sealed to one challenge key, so that what one oracle can open all can. The first oracle in the list
    /// accepts first and makes it; the others accept after they opened their share of it.
    ///
    /// # Arguments
    ///
    /// * `oracle` - one of the challenge's oracles; authorises the call.
    /// * `key` - the challenge key, an X25519 recipient.
    /// * `shares` - from the first oracle: the key's private half, sealed to every oracle's registered key, 1 to 1,024 bytes;
    ///   from the others nothing.
    ///
    /// # Returns
    ///
    /// The key version, the oracle's newest.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `Cancelled`, `NotAnOracle`, `AlreadyAccepted`, `AcceptTooLate`, `KeyNotMade`, `BadShares`, `WrongKey`
    ///
    /// # Events
    ///
    /// * `challenge_accepted`
    pub fn accept_challenge(e: Env, oracle: Address, challenge: u32, key: BytesN<32>, shares: Bytes) -> u32 {
        oracle.require_auth();
        let key_version = creation::accept(&e, &oracle, challenge, &key, &shares);
        ChallengeAccepted { challenge, oracle, key_version, key, shares }.publish(&e);
        key_version
    }

    /// Adds money to a challenge until its deadline; anyone may.
    ///
    /// # Arguments
    ///
    /// * `from` - who pays; authorises the call and the transfer.
    /// * `escrow` - for payment per unit and earnings; 0 for a bounty or a ranking, whose prize is fixed.
    /// * `fees` - for the fee budget.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `Cancelled`, `AcceptTooLate`, `Ended`, `DeadlinePassed`, `EscrowNotTakenHere`, `BadAmount`,
    ///   `TransferMismatch`
    ///
    /// # Events
    ///
    /// * `topped_up`
    pub fn top_up(e: Env, from: Address, challenge: u32, escrow: i128, fees: i128) {
        from.require_auth();
        creation::top_up(&e, &from, challenge, escrow, fees);
        ToppedUp { challenge, from, escrow, fees }.publish(&e);
    }

    /// Sends everything back while not all oracles have accepted: by the maker before `accept_by`, by anyone from then on.
    ///
    /// # Returns
    ///
    /// What the maker got back.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `Cancelled`, `CannotCancel`
    ///
    /// # Events
    ///
    /// * `challenge_cancelled`
    pub fn cancel(e: Env, challenge: u32) -> i128 {
        let refunded = creation::cancel(&e, challenge);
        ChallengeCancelled { challenge, refunded }.publish(&e);
        refunded
    }

    /// Submits work. It is stored under (challenge, solver, attempt), so that solvers never fail each other.
    ///
    /// # Arguments
    ///
    /// * `solver` - who competes; authorises the call and the transfer of `deposit + carry`.
    /// * `attempt` - the solver's next attempt, from 1.
    /// * `cid` - the submission, sealed to the challenge key. No one needs the file before it is in the ledger.
    /// * `commitment` - to what is inside, for a judge that has no oracle's key; zeros if there is none.
    /// * `units` - units in a batch of labels, where it is paid per unit; their whole pay is set aside. Otherwise 0.
    /// * `carry` - the most that the solver pays for its own grading if the fee budget is used up: `quorum * oracle_fee` is
    ///   what it takes; what is not needed comes back at once. 0 while the budget is comfortable.
    ///
    /// # Returns
    ///
    /// The submission's number in the challenge.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `Cancelled`, `Ended`, `NotAccepted`, `NotYetOpen`, `DeadlinePassed`, `WrongRule`,
    ///   `ConflictOfInterest`, `NotAdmitted`, `AlreadyWon`, `BatchPending`, `TooManyAttempts`, `WrongAttempt`,
    ///   `TooManyToday`, `BadUnits`, `EscrowUsedUp`, `BadCid`, `BadAmount`, `CarryTooLow`, `TransferMismatch`
    ///
    /// # Events
    ///
    /// * `submitted`
    #[allow(clippy::too_many_arguments)]
    pub fn submit(
        e: Env,
        solver: Address,
        challenge: u32,
        attempt: u32,
        cid: Cid,
        commitment: BytesN<32>,
        units: u32,
        carry: i128,
    ) -> u32 {
        solver.require_auth();
        let work = submission::Work { attempt, cid: &cid, commitment: &commitment, units, carry };
        let submission::Taken { number, deposit, carried } = submission::submit(&e, &solver, challenge, &work);
        Submitted { challenge, solver, attempt, number, cid, commitment, units, deposit, carried }.publish(&e);
        number
    }

    /// Records an oracle's votes, in any order; with `settle`, also concludes and pays those of the submissions that can be.
    ///
    /// The m-th equal vote is the verdict. A vote on what was concluded meanwhile is counted; neither it nor one that would
    /// improve the oracle's own after the verdict changes anything.
    /// A payment that fails is held and fails nothing else.
    ///
    /// # Arguments
    ///
    /// * `oracle` - one of the challenge's oracles; authorises the call.
    /// * `report` - the grade report of this batch.
    /// * `votes` - 1 to 40, each on another submission.
    /// * `settle` - false touches nothing but the state and these submissions.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `Cancelled`, `NotAccepted`, `NotYetOpen`, `GradingOver`, `NotAnOracle`, `BadCid`, `BadBatch`,
    ///   `NoSubmission`, `AlreadyVoted`, `BadVerdict`, `TooEarlyUnavailable`
    ///
    /// # Events
    ///
    /// * `scored`, one for the whole batch; `ranking_fixed` if this decided by whom a competition's prizes go
    ///
    /// # Notes
    ///
    /// The footprint follows from the arguments, whatever lands before the call. Read and written: `State`, each
    /// `Submission`; with `settle` also `Board` and the token balances of the contract and of each solver not on hold. Read:
    /// `Challenge`, `Board`, `Rankings`.
    pub fn post_scores(e: Env, oracle: Address, challenge: u32, report: Cid, votes: Vec<Vote>, settle: bool) {
        oracle.require_auth();
        let rows = grading::post_scores(&e, &oracle, challenge, &report, &votes, settle);
        Scored { challenge, oracle, report, settle, rows }.publish(&e);
    }

    /// Concludes and pays submissions that can be, and lets the queue of a bounty pass those over whose time is up; anyone may
    /// at any time.
    ///
    /// # Arguments
    ///
    /// * `submissions` - 1 to 40 different ones, in the order in which they are to be settled; what cannot be is skipped.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `Cancelled`, `NotAccepted`, `NotYetOpen`, `BadBatch`, `NoSubmission`, `NothingToSettle`
    ///
    /// # Events
    ///
    /// * `settled`; `ranking_fixed` if this decided by whom a competition's prizes go
    ///
    /// # Notes
    ///
    /// Footprint as for `post_scores` with `settle`.
    pub fn settle(e: Env, challenge: u32, submissions: Vec<Settlement>) {
        let rows = grading::settle(&e, challenge, &submissions);
        Settled { challenge, rows }.publish(&e);
    }

    /// Records the judge's ballots on submissions that have no verdict. Where a quorum of oracles or more graded a submission,
    /// the ballot is one of their votes. Ballots are carried out from the end on. One on what others decided changes nothing,
    /// unless no other is left.
    ///
    /// # Arguments
    ///
    /// * `judge` - the challenge's judge; authorises the call.
    /// * `report` - the judge's reasons.
    /// * `ballots` - 1 to 40, each on another submission; `Scored` or `Rejected`. `hold` has no meaning here.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `Cancelled`, `NotAccepted`, `NotYetOpen`, `NotTheJudge`, `NotJudging`, `BadCid`, `BadBatch`,
    ///   `NoSubmission`, `AlreadyDecided`, `BadVerdict`, `NotAmongTheVotes`
    ///
    /// # Events
    ///
    /// * `ruled`
    pub fn rule(e: Env, judge: Address, challenge: u32, report: Cid, ballots: Vec<Vote>) {
        judge.require_auth();
        let rows = judging::rule(&e, &judge, challenge, &report, &ballots);
        Ruled { challenge, judge, report, rows }.publish(&e);
    }

    /// Records a ranking on the private part of the truth. An oracle may replace its own until m are equal: then the prizes are
    /// due, and `release_payment` sends them. Where the oracles have none at `grade_by`, the judge may post one until the end,
    /// and replace it; it counts from the end on.
    ///
    /// # Arguments
    ///
    /// * `by` - one of the challenge's oracles, or its judge; authorises the call.
    /// * `report` - how the ranking came about.
    /// * `rows` - best first, at most as many as prizes; fewer, or none, where fewer reach the threshold.
    ///
    /// # Returns
    ///
    /// Whether this was the quorum of oracles.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `NotAnOracle`, `WrongRule`, `AlreadyRanked`, `Cancelled`, `NotAccepted`, `RankingTooEarly`,
    ///   `NotJudging`, `GradingOver`, `BadCid`, `NoSubmission`, `BadRanking`
    ///
    /// # Events
    ///
    /// * `ranking_posted`
    pub fn post_ranking(e: Env, by: Address, challenge: u32, report: Cid, rows: Vec<RankingRow>) -> bool {
        by.require_auth();
        let quorum = ranking::post(&e, &by, challenge, &report, &rows);
        RankingPosted { challenge, by, report, rows, quorum }.publish(&e);
        quorum
    }

    /// Records an oracle's vote on the next epoch of earnings; with the quorum the increase of the total leaves the escrow
    /// for good and can be claimed. If the total rose, the oracles of the quorum share a verdict's fee, as far as the budget
    /// goes.
    ///
    /// # Arguments
    ///
    /// * `oracle` - one of the challenge's oracles; authorises the call.
    /// * `epoch` - the one after the last that has its quorum, from 1.
    /// * `left`, `right` - the children of the root of a Merkle sum tree: its total is the sum of theirs, never less than
    ///   before, never more than was paid in. Node: SHA-256(1 ‖ left hash ‖ left sum ‖ right hash ‖ right sum); leaf:
    ///   SHA-256(0 ‖ contract ‖ challenge ‖ epoch ‖ labeler ‖ cumulative); integers big-endian, addresses as the XDR of their
    ///   values.
    /// * `report` - how the amounts came about, with all leaves.
    ///
    /// # Returns
    ///
    /// Whether this was the quorum.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `NotAnOracle`, `WrongRule`, `Cancelled`, `NotAccepted`, `NotYetOpen`, `GradingOver`, `BadCid`,
    ///   `WrongEpoch`, `BadTotal`
    ///
    /// # Events
    ///
    /// * `earnings_posted`
    ///
    /// # Notes
    ///
    /// An oracle may replace its own vote until the quorum.
    pub fn post_earnings(
        e: Env,
        oracle: Address,
        challenge: u32,
        epoch: u32,
        left: Branch,
        right: Branch,
        report: Cid,
    ) -> bool {
        oracle.require_auth();
        let earnings::Posted { root, total, quorum, fees } =
            earnings::post(&e, &oracle, challenge, epoch, &left, &right, &report);
        EarningsPosted { challenge, oracle, epoch, left, right, root, total, report, quorum, fees }.publish(&e);
        quorum
    }

    /// Sends a labeler what it has earned and was not sent yet; anyone may call, against any epoch, at any time.
    ///
    /// # Arguments
    ///
    /// * `epoch` - one that has its quorum.
    /// * `cumulative` - all that the labeler had earned in this challenge by that epoch.
    /// * `proof` - the siblings from the leaf to the root, at most 40.
    ///
    /// # Returns
    ///
    /// The amount sent.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `NoEpoch`, `BadProof`, `NothingOwed`, `BeyondTotal`
    ///
    /// # Events
    ///
    /// * `earnings_claimed`
    pub fn claim(e: Env, challenge: u32, epoch: u32, labeler: Address, cumulative: i128, proof: Vec<Sibling>) -> i128 {
        let amount = earnings::claim(&e, challenge, epoch, &labeler, cumulative, &proof);
        EarningsClaimed { challenge, labeler, epoch, amount, cumulative }.publish(&e);
        amount
    }

    /// Sends a solver all that a submission is still owed: its prize, what comes back of its deposit and of the fee that it
    /// carried, the pay of its batch. From the end on, and in a bounty that has ended, it first concludes the submission.
    ///
    /// # Returns
    ///
    /// The amount sent.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `Cancelled`, `NotAccepted`, `NotYetOpen`, `NoSubmission`, `NothingOwed`
    ///
    /// # Events
    ///
    /// * `payment_released`; `ranking_fixed` if this decided by whom a competition's prizes go
    pub fn release_payment(e: Env, challenge: u32, solver: Address, attempt: u32) -> i128 {
        let release::Released { prize, back, row } = release::release(&e, challenge, &solver, attempt);
        PaymentReleased { challenge, solver, attempt, prize, back, row }.publish(&e);
        prize + back
    }

    /// Opens the truth after the end, where the challenge promised it. Maker and oracles have a slot each, written once.
    ///
    /// # Arguments
    ///
    /// * `revealer` - the maker or an oracle; authorises the call.
    /// * `truth` - the opened truth; whether it matches the commitment is for everyone to check.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `Cancelled`, `TruthStaysClosed`, `NotYours`, `NotAccepted`, `NotYetOpen`, `NotYetEnded`,
    ///   `AlreadyRevealed`, `BadCid`
    ///
    /// # Events
    ///
    /// * `truth_revealed`
    pub fn reveal(e: Env, revealer: Address, challenge: u32, truth: Cid) {
        revealer.require_auth();
        closing::reveal(&e, &revealer, challenge, &truth);
        TruthRevealed { challenge, by: revealer, truth }.publish(&e);
    }

    /// Sends an oracle what it earned in a challenge; anyone may call.
    ///
    /// # Returns
    ///
    /// The amount sent.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `NotAnOracle`, `NothingEarned`
    ///
    /// # Events
    ///
    /// * `fees_withdrawn`
    pub fn withdraw_fees(e: Env, oracle: Address, challenge: u32) -> i128 {
        let amount = closing::withdraw_fees(&e, &oracle, challenge);
        FeesWithdrawn { challenge, oracle, amount }.publish(&e);
        amount
    }

    /// Sends the maker the free fee budget and the prize that no one can still win, from the deadline on or once a bounty
    /// has ended; anyone may call, repeatedly. Once no other verdict can come, each call also adds to the records of the maker
    /// and the oracles what has happened since the last one.
    ///
    /// # Returns
    ///
    /// The amount sent; 0 where the maker cannot be paid, or where only prizes were set aside or records grew.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `Cancelled`, `NotAccepted`, `NotYetOpen`, `NotYetEnded`, `NothingToClose`
    ///
    /// # Events
    ///
    /// * `challenge_closed`; `ranking_fixed` if this decided by whom a competition's prizes go
    pub fn close(e: Env, challenge: u32) -> i128 {
        let closing::Closed { maker, prize, fees, folded } = closing::close(&e, challenge);
        ChallengeClosed { challenge, maker, prize, fees, folded }.publish(&e);
        prize + fees
    }

    /// Extends the lifetimes of a challenge and of some of its submissions to the network's maximum; anyone may.
    ///
    /// # Arguments
    ///
    /// * `submissions` - at most 40.
    ///
    /// # Errors
    ///
    /// * `NoChallenge`, `NoSubmission`, `BadBatch`
    pub fn extend(e: Env, challenge: u32, submissions: Vec<SubmissionId>) {
        registry::extend(&e, challenge, &submissions);
    }

    /// What was fixed when the contract was deployed.
    pub fn config(e: Env) -> Config {
        storage::config(&e)
    }

    /// How many challenges there are; they are numbered from 1.
    pub fn challenges(e: Env) -> u32 {
        storage::challenges(&e)
    }

    /// The frozen half of a challenge. Fails with `NoChallenge`.
    pub fn challenge(e: Env, challenge: u32) -> Challenge {
        storage::challenge(&e, challenge)
    }

    /// The moving half of a challenge. Fails with `NoChallenge`.
    pub fn state(e: Env, challenge: u32) -> State {
        storage::state(&e, challenge)
    }

    /// Where a challenge is at this moment. Fails with `NoChallenge`.
    pub fn phase(e: Env, challenge: u32) -> Phase {
        views::phase(&e, challenge)
    }

    /// The winners of a bounty so far, those whose prize is due first; the running table of a ranking, or the ranking.
    pub fn board(e: Env, challenge: u32) -> Vec<Place> {
        views::board(&e, challenge)
    }

    /// The challenge key's private half, sealed to every oracle; nothing before the first oracle accepted.
    pub fn shares(e: Env, challenge: u32) -> Option<Bytes> {
        storage::shares(&e, challenge)
    }

    /// One submission as it is stored. Fails with `NoSubmission`.
    pub fn submission(e: Env, challenge: u32, solver: Address, attempt: u32) -> Submission {
        storage::entry(&e, &Slot::new(&e, challenge, &solver, attempt)).to_view(&e)
    }

    /// Up to 40 submissions. Fails with `BadBatch`, `NoSubmission`.
    pub fn submissions(e: Env, challenge: u32, ids: Vec<SubmissionId>) -> Vec<Submission> {
        views::submissions(&e, challenge, &ids)
    }

    /// What became of a submission, even if no call has written it yet. Fails with `NoSubmission`.
    pub fn outcome(e: Env, challenge: u32, solver: Address, attempt: u32) -> Outcome {
        views::outcome(&e, challenge, &solver, attempt)
    }

    /// The earnings of a challenge so far.
    pub fn earnings(e: Env, challenge: u32) -> Earnings {
        storage::earnings(&e, challenge)
    }

    /// What a quorum posted for an epoch. Fails with `NoEpoch`.
    pub fn epoch(e: Env, challenge: u32, epoch: u32) -> Epoch {
        storage::epoch(&e, challenge, epoch)
    }

    /// What a labeler was sent in a challenge so far.
    pub fn claimed(e: Env, challenge: u32, labeler: Address) -> i128 {
        storage::claimed(&e, challenge, &labeler)
    }

    /// How many attempts a solver has made in a challenge.
    pub fn attempts(e: Env, challenge: u32, solver: Address) -> Attempts {
        storage::attempts(&e, challenge, &solver)
    }

    /// An oracle's record. Fails with `NotRegistered`.
    pub fn oracle(e: Env, oracle: Address) -> OracleRecord {
        match storage::oracle(&e, &oracle) {
            Some(record) => record,
            None => panic_with_error!(&e, Error::NotRegistered),
        }
    }

    /// One version of an oracle's key. Fails with `NotRegistered`.
    pub fn oracle_key(e: Env, oracle: Address, version: u32) -> OracleKey {
        storage::oracle_key(&e, &oracle, version)
    }

    /// The truth that the maker or an oracle opened, if it did.
    pub fn revealed(e: Env, challenge: u32, by: Address) -> Option<Cid> {
        storage::revealed(&e, challenge, &by)
    }

    /// A maker's record.
    pub fn maker(e: Env, maker: Address) -> MakerRecord {
        storage::maker(&e, &maker)
    }

    /// What `release_payment` would send now.
    pub fn owed(e: Env, challenge: u32, solver: Address, attempt: u32) -> i128 {
        release::owed(&e, challenge, &solver, attempt)
    }
}
