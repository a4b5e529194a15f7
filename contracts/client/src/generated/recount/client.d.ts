// Generated from contracts/recount/recount.wasm by `npm run bindings`; do not edit.
import { Work, Frozen, Row, Truth, Rules, ContractEvent } from './types.js';
import { AssembledTransaction, Client as ContractClient, ClientOptions as ContractClientOptions, MethodOptions, ExternalExecutableRef } from '@stellar/stellar-sdk/contract';
import { Address, xdr } from '@stellar/stellar-sdk';
export interface Client {
    /**
     * Enters a solver's result into the ranking again, and posts it; anyone may, until `judge_by`. The ranking keeps 60 rows: who fell out
     * behind them comes back by this once others fell.
     */
    rank(args: {
        challenge: number;
        solver: string | Address;
    }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
    /**
     * A work as far as it is open, or its result.
     */
    work(args: {
        challenge: number;
        solver: string | Address;
        attempt: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<Work | null>>;
    /**
     * The rules of a challenge, if its maker fixed any.
     */
    rules(args: {
        challenge: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<Frozen | null>>;
    /**
     * The ranking that the opened works make, best first.
     */
    table(args: {
        challenge: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<Array<Row>>>;
    /**
     * The truth as far as it is open.
     */
    truth(args: {
        challenge: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<Truth | null>>;
    /**
     * Rules on a scored work where content is unique, from `open_until` until `judge_by`; anyone may. What a lower number of another
     * solver has, as far as works were opened, is rejected as a copy.
     */
    conclude(args: {
        challenge: number;
        solver: string | Address;
        attempt: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
    /**
     * Fixes how a challenge's work is scored again, for good. The challenge names this contract as its judge, and nobody has
     * submitted to it yet; its maker authorises the call.
     */
    configure(args: {
        challenge: number;
        rules: Rules;
    }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
    /**
     * Opens the next chunk of a work once the truth is open; anyone who has the work and its nonce may, before `open_until`. With
     * the last one the work is scored, and the main contract is told; with unique content `conclude` tells it.
     */
    open_work(args: {
        challenge: number;
        solver: string | Address;
        attempt: number;
        nonce: Uint8Array;
        hashes: Uint8Array;
        place: number;
        chunk: Uint8Array;
    }, options?: MethodOptions): Promise<AssembledTransaction<boolean>>;
    /**
     * Opens the next chunk of a challenge's truth; anyone who has it may, between `grade_by` and `judge_by`.
     */
    open_truth(args: {
        challenge: number;
        salt: Uint8Array;
        hashes: Uint8Array;
        place: number;
        chunk: Uint8Array;
    }, options?: MethodOptions): Promise<AssembledTransaction<boolean>>;
    /**
     * Removes what was kept of a work once the judge's time is over; anyone may. `chunks` is how many were opened.
     */
    remove_work(args: {
        challenge: number;
        solver: string | Address;
        attempt: number;
        chunks: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
    /**
     * Removes an opened truth once the judge's time is over; anyone may. `first` and `count` say which pieces of its values go
     * with this call: there is one for each 4,096 rows, and one for the parts of each 65,536.
     */
    remove_truth(args: {
        challenge: number;
        first: number;
        count: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
    /**
     * The main contract.
     */
    stellartrain(options?: MethodOptions): Promise<AssembledTransaction<string>>;
}
export declare class Client extends ContractClient {
    readonly options: ContractClientOptions;
    constructor(options: ContractClientOptions);
    static deploy<T = Client>(args: {
        stellartrain: string | Address;
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
        rank: (json: string) => AssembledTransaction<void>;
        work: (json: string) => AssembledTransaction<Work | null>;
        rules: (json: string) => AssembledTransaction<Frozen | null>;
        table: (json: string) => AssembledTransaction<Row[]>;
        truth: (json: string) => AssembledTransaction<Truth | null>;
        conclude: (json: string) => AssembledTransaction<void>;
        configure: (json: string) => AssembledTransaction<void>;
        open_work: (json: string) => AssembledTransaction<boolean>;
        open_truth: (json: string) => AssembledTransaction<boolean>;
        remove_work: (json: string) => AssembledTransaction<void>;
        remove_truth: (json: string) => AssembledTransaction<void>;
        stellartrain: (json: string) => AssembledTransaction<string>;
    };
    /** @deprecated Use fromJson instead. */
    readonly fromJSON: {
        rank: (json: string) => AssembledTransaction<void>;
        work: (json: string) => AssembledTransaction<Work | null>;
        rules: (json: string) => AssembledTransaction<Frozen | null>;
        table: (json: string) => AssembledTransaction<Row[]>;
        truth: (json: string) => AssembledTransaction<Truth | null>;
        conclude: (json: string) => AssembledTransaction<void>;
        configure: (json: string) => AssembledTransaction<void>;
        open_work: (json: string) => AssembledTransaction<boolean>;
        open_truth: (json: string) => AssembledTransaction<boolean>;
        remove_work: (json: string) => AssembledTransaction<void>;
        remove_truth: (json: string) => AssembledTransaction<void>;
        stellartrain: (json: string) => AssembledTransaction<string>;
    };
    /**
     * Parse a raw contract event (topics + data) into a typed {@link ContractEvent}.
     */
    parseEvent(topics: xdr.ScVal[] | string[], data: xdr.ScVal | string): ContractEvent | undefined;
    /**
     * Build a topics filter row for the "Recounted" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    recountedEventFilter(topicValues?: {
        challenge?: number;
        solver?: string | Address;
    }): string[];
    /**
     * Build a topics filter row for the "WorkOpened" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    workOpenedEventFilter(topicValues?: {
        challenge?: number;
        solver?: string | Address;
    }): string[];
    /**
     * Build a topics filter row for the "TruthOpened" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    truthOpenedEventFilter(topicValues?: {
        challenge?: number;
    }): string[];
    /**
     * Build a topics filter row for the "RecountRemoved" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    recountRemovedEventFilter(topicValues?: {
        challenge?: number;
    }): string[];
    /**
     * Build a topics filter row for the "RecountConfigured" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    recountConfiguredEventFilter(topicValues?: {
        challenge?: number;
    }): string[];
}
