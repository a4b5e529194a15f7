//! One transaction's way through a ledger: fee, sequence number, operations, refund.

use crate::{
    accounts::{account, credit, put, use_sequence},
    check::{self, Context, BASE_FEE},
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
    AccountEntry, ContractEvent, DiagnosticEvent, ExtensionPoint, LedgerEntryChanges, OperationMetaV2, OperationResult,
    ScVal, SignerKey, SorobanTransactionMetaExt, SorobanTransactionMetaExtV1, SorobanTransactionMetaV2,
    TransactionEvent, TransactionEventStage, TransactionMeta, TransactionMetaV4, TransactionResult,
    TransactionResultResult as Code, Uint256,
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
    /// Takes the fee, before any transaction of the ledger is applied.
    pub fn start(frame: Frame, ledger: &mut Ledger, emitter: &Emitter) -> Self {
        let payer = frame.fee_source();
        let mut charged = frame.initial_charge(BASE_FEE);
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
        let changes = ledger.commit();
        self.before = meta::changes(&changes, &BTreeSet::new());
        self.code = match checked {
            Err(code) => code,
            Ok(()) => self.operate(ledger, settings, modules, context),
        };
        if !self.succeeded() {
            self.refundable_used = 0;
            self.operations.iter_mut().for_each(|meta| {
                meta.changes = LedgerEntryChanges::default();
                meta.events = Default::default();
            });
        }
    }

    fn use_sequence(&self, ledger: &mut Ledger, context: &Context) {
        if let Some(mut source) = account(ledger, &self.frame.source()) {
            use_sequence(&mut source, self.frame.tx.seq_num.0, context.sequence, context.close_time);
            remove_one_time_signer(&mut source, self.frame.tx_hash);
            put(ledger, source);
        }
    }

    fn operate(&mut self, ledger: &mut Ledger, settings: &Settings, modules: &Modules, context: &Context) -> Code {
        let emitter = Emitter { network_id: context.network_id, memo: self.frame.tx.memo.clone() };
        let mut results = vec![];
        ledger.push();
        for op in &self.frame.tx.operations.clone() {
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
                let mut work = Work { ledger, context, source, emitter: &emitter, events: vec![] };
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

fn remove_one_time_signer(source: &mut AccountEntry, hash: [u8; 32]) {
    let key = SignerKey::PreAuthTx(Uint256(hash));
    let kept: Vec<_> = source.signers.iter().filter(|signer| signer.key != key).cloned().collect();
    if kept.len() < source.signers.len() {
        source.num_sub_entries -= 1;
        source.signers = kept.try_into().unwrap_or_default();
        crate::accounts::align_signer_sponsors(source);
    }
}
