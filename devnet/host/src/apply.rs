//! One transaction's way through a ledger: fee, sequence number, operations, refund.

use crate::{
    accounts::{account, credit, put, remove_one_time_signer, use_sequence},
    check,
    context::Context,
    events::Emitter,
    frame::{is_soroban, Frame},
    ledger::Ledger,
    meta,
    ops::{self, Work},
    result::result,
    settings::Settings,
    soroban::{self, Modules, Outcome, Usage},
};
use soroban_env_host::xdr::{
    AccountId, ContractEvent, DiagnosticEvent, ExtensionPoint, HashIdPreimageOperationId, LedgerEntryChanges,
    OperationMetaV2, OperationResult, ScVal, SorobanTransactionMetaExt, SorobanTransactionMetaExtV1,
    SorobanTransactionMetaV2, TransactionEvent, TransactionEventStage, TransactionMeta, TransactionMetaV4,
    TransactionResult, TransactionResultResult as Code,
};
use std::collections::BTreeSet;

/// A transaction on its way; filled step by step.
pub struct Processing {
    pub frame: Frame,
    pub fee_changes: LedgerEntryChanges,
    pub refund_changes: LedgerEntryChanges,
    before: LedgerEntryChanges,
    operations: Vec<OperationMetaV2>,
    pub events: Vec<TransactionEvent>,
    code: Code,
    pub charged: i64,
    refundable_used: i64,
    pub usage: Usage,
    returned: Option<ScVal>,
    pub diagnostics: Vec<DiagnosticEvent>,
}

impl Processing {
    /// Takes the fee, at this price of an operation, before any transaction of the ledger is applied.
    pub fn start(frame: Frame, price: i64, ledger: &mut Ledger, emitter: &Emitter) -> Self {
        let payer = frame.fee_source();
        let mut charged = frame.initial_charge(price);
        ledger.push();
        if let Some(mut account) = account(ledger, &payer) {
            charged = charged.min(account.balance);
            account.balance -= charged;
            put(ledger, account);
        }
        let changes = ledger.commit();
        let event = emitter.fee(&payer, charged);
        Processing {
            frame,
            fee_changes: meta::changes(&changes, &BTreeSet::new()),
            refund_changes: LedgerEntryChanges::default(),
            before: LedgerEntryChanges::default(),
            operations: vec![],
            events: vec![TransactionEvent { stage: TransactionEventStage::BeforeAllTxs, event }],
            code: Code::TxInternalError,
            charged,
            refundable_used: 0,
            usage: Usage::default(),
            returned: None,
            diagnostics: vec![],
        }
    }

    pub fn apply(&mut self, ledger: &mut Ledger, settings: &Settings, modules: &Modules, context: &Context) {
        ledger.push();
        let checked = check::check(ledger, settings, context, &self.frame, true);
        if !matches!(checked, Err(Code::TxNoAccount | Code::TxBadSeq)) {
            self.use_sequence(ledger, context);
        }
        self.remove_one_time_signers(ledger);
        let changes = ledger.commit();
        self.before = meta::changes(&changes, &BTreeSet::new());
        self.code = match checked {
            Err(code) => code,
            Ok(()) => self.operate(ledger, settings, modules, context),
        };
        if !self.succeeded() {
            self.refundable_used = 0;
            // Of operations that did not happen nothing is told.
            self.operations.clear();
        }
    }

    fn use_sequence(&self, ledger: &mut Ledger, context: &Context) {
        if let Some(mut source) = account(ledger, &self.frame.source()) {
            use_sequence(&mut source, self.frame.tx.seq_num.0, context.sequence, context.close_time);
            put(ledger, source);
        }
    }

    /// Signers that stood for this transaction have done their part, whether it succeeds or not.
    fn remove_one_time_signers(&self, ledger: &mut Ledger) {
        let mut remove = |id: &AccountId, hash: [u8; 32]| {
            if let Some(mut signed) = account(ledger, id) {
                if remove_one_time_signer(&mut signed, hash) {
                    put(ledger, signed);
                }
            }
        };
        if self.frame.bump.is_some() {
            remove(&self.frame.fee_source(), self.frame.hash);
        }
        remove(&self.frame.source(), self.frame.tx_hash);
        for op in self.frame.tx.operations.iter().filter(|op| op.source_account.is_some()) {
            remove(&self.frame.op_source(op), self.frame.tx_hash);
        }
    }

    fn operate(&mut self, ledger: &mut Ledger, settings: &Settings, modules: &Modules, context: &Context) -> Code {
        let emitter = Emitter { network_id: context.network_id, memo: self.frame.tx.memo.clone() };
        let mut results = vec![];
        ledger.push();
        for (index, op) in self.frame.tx.operations.clone().iter().enumerate() {
            ledger.push();
            let (result, events, restored) = if is_soroban(&op.body) {
                let outcome = soroban::apply(ledger, settings, modules, context, &self.frame, op);
                let Outcome { result, events, returned, diagnostics, usage, refundable, restored } = outcome;
                self.returned = returned;
                self.diagnostics = diagnostics;
                self.usage = usage;
                self.refundable_used = refundable;
                (result, events, restored)
            } else {
                let source = self.frame.op_source(op);
                let sender = op.source_account.clone().unwrap_or_else(|| self.frame.tx.source_account.clone());
                let id = HashIdPreimageOperationId {
                    source_account: self.frame.source(),
                    seq_num: self.frame.tx.seq_num.clone(),
                    op_num: index as u32,
                };
                let mut work = Work { ledger, context, source, sender, id, emitter: &emitter, events: vec![] };
                let result = ops::apply(&mut work, op);
                (result, work.events, BTreeSet::new())
            };
            self.finish_operation(ledger, &result, events, &restored);
            results.push(result);
        }
        let done = results.iter().all(ops::succeeded);
        if done {
            ledger.commit();
        } else {
            ledger.discard();
        }
        let results = results.try_into().unwrap_or_default();
        if done {
            Code::TxSuccess(results)
        } else {
            Code::TxFailed(results)
        }
    }

    fn finish_operation(
        &mut self,
        ledger: &mut Ledger,
        result: &OperationResult,
        events: Vec<ContractEvent>,
        restored: &BTreeSet<soroban_env_host::xdr::LedgerKey>,
    ) {
        let mut meta = OperationMetaV2 {
            ext: ExtensionPoint::V0,
            changes: LedgerEntryChanges::default(),
            events: Default::default(),
        };
        if ops::succeeded(result) {
            meta.changes = meta::changes(&ledger.commit(), restored);
            meta.events = events.try_into().unwrap_or_default();
        } else {
            ledger.discard();
        }
        self.operations.push(meta);
    }

    /// Gives back what of the refundable fee was not used, after all transactions of the ledger.
    pub fn refund(&mut self, ledger: &mut Ledger, settings: &Settings, emitter: &Emitter) {
        let Some(data) = self.frame.soroban() else { return };
        let set_aside = data.resource_fee - soroban::fixed_fee(settings, &self.frame, data);
        let refund = (set_aside - self.refundable_used).clamp(0, self.charged);
        if refund == 0 {
            return;
        }
        let payer = self.frame.fee_source();
        ledger.push();
        // An account that was merged away in this ledger forgoes its refund, as on the network.
        if let Some(mut account) = account(ledger, &payer) {
            if credit(&mut account, refund) {
                put(ledger, account);
                self.charged -= refund;
                let event = emitter.fee(&payer, -refund);
                self.events.push(TransactionEvent { stage: TransactionEventStage::AfterAllTxs, event });
            }
        }
        let changes = ledger.commit();
        self.refund_changes = meta::changes(&changes, &BTreeSet::new());
    }

    pub fn succeeded(&self) -> bool {
        matches!(self.code, Code::TxSuccess(_))
    }

    /// What was charged for inclusion, per operation: the fee without what the resources cost.
    pub fn inclusion_charged(&self, settings: &Settings) -> i64 {
        match self.frame.soroban() {
            Some(data) => {
                let resources = soroban::fixed_fee(settings, &self.frame, data) + self.refundable_used;
                (self.charged - resources).max(0)
            }
            None => self.charged / (self.frame.tx.operations.len().max(1) as i64),
        }
    }

    pub fn result(&self) -> TransactionResult {
        result(&self.frame, self.charged, self.code.clone(), false)
    }

    pub fn operation_events(&self) -> impl Iterator<Item = (usize, &ContractEvent)> {
        self.operations.iter().enumerate().flat_map(|(index, meta)| meta.events.iter().map(move |event| (index, event)))
    }

    pub fn meta(&self, settings: &Settings) -> TransactionMeta {
        let soroban_meta = self.frame.soroban().map(|data| {
            let fixed = soroban::fixed_fee(settings, &self.frame, data);
            let rent = if self.succeeded() { self.usage.rent_fee } else { 0 };
            SorobanTransactionMetaV2 {
                ext: SorobanTransactionMetaExt::V1(SorobanTransactionMetaExtV1 {
                    ext: ExtensionPoint::V0,
                    total_non_refundable_resource_fee_charged: fixed,
                    total_refundable_resource_fee_charged: self.refundable_used,
                    rent_fee_charged: rent,
                }),
                return_value: self.returned.clone(),
            }
        });
        TransactionMeta::V4(TransactionMetaV4 {
            ext: ExtensionPoint::V0,
            tx_changes_before: self.before.clone(),
            operations: self.operations.clone().try_into().unwrap_or_default(),
            tx_changes_after: LedgerEntryChanges::default(),
            soroban_meta,
            events: self.events.clone().try_into().unwrap_or_default(),
            diagnostic_events: self.diagnostics.clone().try_into().unwrap_or_default(),
        })
    }
}
