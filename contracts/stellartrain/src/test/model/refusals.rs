//! Which error of the contract stands for a refusal of the model. Names are the same where they can be; this table has them all.
use crate::errors::Error;
use stellartrain_model::refusal::Refusal;
use stellartrain_model::world::Call;

/// What a call came to, as far as model and contract can be compared.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Came {
    /// It was taken.
    Through,
    /// There was nothing to do: the model takes such a call and changes nothing.
    Idle,
    Refused(Error),
    /// The token failed, or a signature is missing.
    Failed,
}

/// What the contract must answer where the model refuses.
pub fn expected(call: &Call, refusal: Refusal) -> &'static [Came] {
    use Came::{Failed, Refused};
    match (refusal, call) {
        (Refusal::TransferFailed, _) => &[Failed],
        // Before `accept_by` the maker's signature is asked for, and missing.
        (Refusal::CannotCancel, _) => &[Refused(Error::CannotCancel), Failed],
        (Refusal::WrongRule, Call::TopUp(..)) => &[Refused(Error::EscrowNotTakenHere)],
        (Refusal::NothingOwed, Call::WithdrawFees(..)) => &[Refused(Error::NothingEarned)],
        (Refusal::WrongEpoch, Call::Claim(..)) => &[Refused(Error::NoEpoch)],
        (Refusal::NotAnOracle, Call::Reveal(..)) => &[Refused(Error::NotYours)],
        // The model has one word for why a truth cannot be opened, the contract says which it is.
        (Refusal::CannotReveal, _) => &[
            Refused(Error::TruthStaysClosed),
            Refused(Error::AlreadyRevealed),
            Refused(Error::NotYetEnded),
            Refused(Error::Cancelled),
            Refused(Error::NotAccepted),
            Refused(Error::NotYetOpen),
        ],
        (refusal, _) => same(refusal),
    }
}

fn same(refusal: Refusal) -> &'static [Came] {
    macro_rules! table {
        ($($refusal:ident => $error:ident,)*) => {
            match refusal {
                $(Refusal::$refusal => &[Came::Refused(Error::$error)],)*
                Refusal::TransferFailed | Refusal::CannotReveal => &[],
            }
        };
    }
    table! {
        BadOracles => BadOracles,
        BadJudge => BadJudge,
        BadTimes => BadTimes,
        BadPatience => BadPatience,
        BadPayout => BadPayout,
        BadAmount => BadAmount,
        BadAttempts => BadAttempts,
        BadStep => BadStep,
        WrongPrize => WrongPrize,
        BudgetTooSmall => BudgetTooSmall,
        NoChallenge => NoChallenge,
        NotRegistered => NotRegistered,
        Cancelled => Cancelled,
        NotAccepted => NotAccepted,
        AcceptTooLate => AcceptTooLate,
        AlreadyAccepted => AlreadyAccepted,
        KeyNotMade => KeyNotMade,
        BadShares => BadShares,
        WrongKey => WrongKey,
        CannotCancel => CannotCancel,
        NotYetOpen => NotYetOpen,
        DeadlinePassed => DeadlinePassed,
        GradingOver => GradingOver,
        Ended => Ended,
        WrongRule => WrongRule,
        NotAnOracle => NotAnOracle,
        NotTheJudge => NotTheJudge,
        KnowsTheTruth => ConflictOfInterest,
        NotAdmitted => NotAdmitted,
        AlreadyWon => AlreadyWon,
        TooManyAttempts => TooManyAttempts,
        TooManyToday => TooManyToday,
        WrongAttempt => WrongAttempt,
        BadUnits => BadUnits,
        UngradedBatch => BatchPending,
        EscrowTooSmall => EscrowUsedUp,
        NoSubmission => NoSubmission,
        BadBatch => BadBatch,
        AlreadyVoted => AlreadyVoted,
        TooEarlyForUnavailable => TooEarlyUnavailable,
        BadVerdict => BadVerdict,
        NotJudging => NotJudging,
        AlreadyDecided => AlreadyDecided,
        NotAmongTheVotes => NotAmongTheVotes,
        RankingTooEarly => RankingTooEarly,
        AlreadyRanked => AlreadyRanked,
        BadRanking => BadRanking,
        WrongEpoch => WrongEpoch,
        BadTotal => BadTotal,
        BadProof => BadProof,
        NothingOwed => NothingOwed,
        BeyondTotal => BeyondTotal,
        TooEarlyToClose => NotYetEnded,
    }
}
