// Generated from contracts/records/records.wasm by `npm run bindings`; do not edit.
import { SolverRecord, Badge, Config, Cid, ContractEvent } from './types.js';
import { AssembledTransaction, Client as ContractClient, ClientOptions as ContractClientOptions, MethodOptions, ExternalExecutableRef } from '@stellar/stellar-sdk/contract';
import { Address, xdr } from '@stellar/stellar-sdk';
export interface Client {
    /**
     * Destroys a badge. Its submission stays in the record and gets no other.
     */
    burn(args: {
        from: string | Address;
        token_id: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
    /**
     * Counts a final submission in its solver's record, once; anyone may call.
     */
    fold(args: {
        challenge: number;
        solver: string | Address;
        attempt: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<SolverRecord>>;
    /**
     * Gives the solver of a winning, final submission its badge, once.
     */
    mint(args: {
        challenge: number;
        solver: string | Address;
        attempt: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<number>>;
    /**
     * Returns the token collection name.
     */
    name(options?: MethodOptions): Promise<AssembledTransaction<string>>;
    /**
     * What a badge says. Fails with `NoBadge`.
     */
    badge(args: {
        token_id: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<Badge>>;
    /**
     * How many badges were minted; they are numbered from 1.
     */
    badges(options?: MethodOptions): Promise<AssembledTransaction<number>>;
    /**
     * What was fixed when the contract was deployed.
     */
    config(options?: MethodOptions): Promise<AssembledTransaction<Config>>;
    /**
     * Whether a submission is in its solver's record.
     */
    folded(args: {
        challenge: number;
        solver: string | Address;
        attempt: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<boolean>>;
    /**
     * A solver's record; all zero before the first fold.
     */
    record(args: {
        solver: string | Address;
    }, options?: MethodOptions): Promise<AssembledTransaction<SolverRecord>>;
    /**
     * Returns the token collection symbol.
     */
    symbol(options?: MethodOptions): Promise<AssembledTransaction<string>>;
    /**
     * Fails with `NotTransferable`.
     */
    approve(args: {
        approver: string | Address;
        approved: string | Address;
        token_id: number;
        live_until_ledger: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
    /**
     * Returns the number of tokens owned by `account`.
     */
    balance(args: {
        account: string | Address;
    }, options?: MethodOptions): Promise<AssembledTransaction<number>>;
    /**
     * The number of a submission's badge, burned or not.
     */
    badge_of(args: {
        challenge: number;
        solver: string | Address;
        attempt: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<number | null>>;
    /**
     * The JSON document that `token_uri` names, to the last byte: anyone may put it on IPFS. Fails with `NoBadge`.
     */
    metadata(args: {
        token_id: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<Uint8Array>>;
    /**
     * Who won the badge. Fails with `NoBadge`.
     */
    owner_of(args: {
        token_id: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<string>>;
    /**
     * Fails with `NotTransferable`.
     */
    transfer(args: {
        from: string | Address;
        to: string | Address;
        token_id: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
    /**
     * `ipfs://` and the CID of the badge's document. Fails with `NoBadge`.
     */
    token_uri(args: {
        token_id: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<string>>;
    /**
     * No one. Fails with `NoBadge`.
     */
    get_approved(args: {
        token_id: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<string | null>>;
    /**
     * Fails with `NotTransferable`.
     */
    transfer_from(args: {
        spender: string | Address;
        from: string | Address;
        to: string | Address;
        token_id: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
    /**
     * Fails with `NotTransferable`.
     */
    approve_for_all(args: {
        owner: string | Address;
        operator: string | Address;
        live_until_ledger: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
    /**
     * No one is.
     */
    is_approved_for_all(args: {
        owner: string | Address;
        operator: string | Address;
    }, options?: MethodOptions): Promise<AssembledTransaction<boolean>>;
}
export declare class Client extends ContractClient {
    readonly options: ContractClientOptions;
    constructor(options: ContractClientOptions);
    static deploy<T = Client>(args: {
        stellartrain: string | Address;
        image: Cid;
    }, options: MethodOptions & Omit<ContractClientOptions, 'contractId'> & {
        salt?: Uint8Array;
        address?: string;
    } & ({
        wasmHash: Uint8Array | string;
        format?: "hex" | "base64";
        externalRef?: never;
    } | {
        externalRef: ExternalExecutableRef;
        wasmHash?: never;
        format?: never;
    })): Promise<AssembledTransaction<T>>;
    readonly fromJson: {
        burn: (json: string) => AssembledTransaction<void>;
        fold: (json: string) => AssembledTransaction<SolverRecord>;
        mint: (json: string) => AssembledTransaction<number>;
        name: (json: string) => AssembledTransaction<string>;
        badge: (json: string) => AssembledTransaction<Badge>;
        badges: (json: string) => AssembledTransaction<number>;
        config: (json: string) => AssembledTransaction<Config>;
        folded: (json: string) => AssembledTransaction<boolean>;
        record: (json: string) => AssembledTransaction<SolverRecord>;
        symbol: (json: string) => AssembledTransaction<string>;
        approve: (json: string) => AssembledTransaction<void>;
        balance: (json: string) => AssembledTransaction<number>;
        badge_of: (json: string) => AssembledTransaction<number | null>;
        metadata: (json: string) => AssembledTransaction<Uint8Array<ArrayBufferLike>>;
        owner_of: (json: string) => AssembledTransaction<string>;
        transfer: (json: string) => AssembledTransaction<void>;
        token_uri: (json: string) => AssembledTransaction<string>;
        get_approved: (json: string) => AssembledTransaction<string | null>;
        transfer_from: (json: string) => AssembledTransaction<void>;
        approve_for_all: (json: string) => AssembledTransaction<void>;
        is_approved_for_all: (json: string) => AssembledTransaction<boolean>;
    };
    /** @deprecated Use fromJson instead. */
    readonly fromJSON: {
        burn: (json: string) => AssembledTransaction<void>;
        fold: (json: string) => AssembledTransaction<SolverRecord>;
        mint: (json: string) => AssembledTransaction<number>;
        name: (json: string) => AssembledTransaction<string>;
        badge: (json: string) => AssembledTransaction<Badge>;
        badges: (json: string) => AssembledTransaction<number>;
        config: (json: string) => AssembledTransaction<Config>;
        folded: (json: string) => AssembledTransaction<boolean>;
        record: (json: string) => AssembledTransaction<SolverRecord>;
        symbol: (json: string) => AssembledTransaction<string>;
        approve: (json: string) => AssembledTransaction<void>;
        balance: (json: string) => AssembledTransaction<number>;
        badge_of: (json: string) => AssembledTransaction<number | null>;
        metadata: (json: string) => AssembledTransaction<Uint8Array<ArrayBufferLike>>;
        owner_of: (json: string) => AssembledTransaction<string>;
        transfer: (json: string) => AssembledTransaction<void>;
        token_uri: (json: string) => AssembledTransaction<string>;
        get_approved: (json: string) => AssembledTransaction<string | null>;
        transfer_from: (json: string) => AssembledTransaction<void>;
        approve_for_all: (json: string) => AssembledTransaction<void>;
        is_approved_for_all: (json: string) => AssembledTransaction<boolean>;
    };
    /**
     * Parse a raw contract event (topics + data) into a typed {@link ContractEvent}.
     */
    parseEvent(topics: xdr.ScVal[] | string[], data: xdr.ScVal | string): ContractEvent | undefined;
    /**
     * Build a topics filter row for the "BadgeMinted" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    badgeMintedEventFilter(topicValues?: {
        challenge?: number;
        solver?: string | Address;
    }): string[];
    /**
     * Build a topics filter row for the "SubmissionFolded" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    submissionFoldedEventFilter(topicValues?: {
        challenge?: number;
        solver?: string | Address;
    }): string[];
    /**
     * Build a topics filter row for the "Burn" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    burnEventFilter(topicValues?: {
        from?: string | Address;
    }): string[];
    /**
     * Build a topics filter row for the "Mint" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    mintEventFilter(topicValues?: {
        to?: string | Address;
    }): string[];
}
