// Holds answers of the local network against the shapes that the official server itself is written with:
// no unknown field, no other type, none missing. Reads [{method, format, result}] from standard input.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"sort"

	rpc "github.com/stellar/go-stellar-sdk/protocols/rpc"
)

var shapes = map[string]func() any{
	"getHealth":           func() any { return new(rpc.GetHealthResponse) },
	"getNetwork":          func() any { return new(rpc.GetNetworkResponse) },
	"getVersionInfo":      func() any { return new(rpc.GetVersionInfoResponse) },
	"getLatestLedger":     func() any { return new(rpc.GetLatestLedgerResponse) },
	"getLedgers":          func() any { return new(rpc.GetLedgersResponse) },
	"getLedgerEntries":    func() any { return new(rpc.GetLedgerEntriesResponse) },
	"getTransaction":      func() any { return new(rpc.GetTransactionResponse) },
	"getTransactions":     func() any { return new(rpc.GetTransactionsResponse) },
	"getEvents":           func() any { return new(rpc.GetEventsResponse) },
	"getFeeStats":         func() any { return new(rpc.GetFeeStatsResponse) },
	"simulateTransaction": func() any { return new(rpc.SimulateTransactionResponse) },
	"sendTransaction":     func() any { return new(rpc.SendTransactionResponse) },
}

type answer struct {
	Name   string          `json:"name"`
	Method string          `json:"method"`
	Result json.RawMessage `json:"result"`
}

func main() {
	var answers []answer
	if err := json.NewDecoder(os.Stdin).Decode(&answers); err != nil {
		panic(err)
	}
	failed := 0
	for _, one := range answers {
		value := shapes[one.Method]()
		decoder := json.NewDecoder(bytes.NewReader(one.Result))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(value); err != nil {
			failed++
			fmt.Printf("%s (%s): %v\n", one.Name, one.Method, err)
			continue
		}
		again, err := json.Marshal(value)
		if err != nil {
			panic(err)
		}
		var ours, theirs any
		_ = json.Unmarshal(one.Result, &ours)
		_ = json.Unmarshal(again, &theirs)
		if !reflect.DeepEqual(ours, theirs) {
			failed++
			fmt.Printf("%s (%s):\n", one.Name, one.Method)
			show("", ours, theirs)
		}
	}
	fmt.Printf("%d answers, %d of another form\n", len(answers), failed)
	if failed > 0 {
		os.Exit(1)
	}
}

// show prints where two values differ.
func show(path string, ours, theirs any) {
	a, isA := ours.(map[string]any)
	b, isB := theirs.(map[string]any)
	if isA && isB {
		keys := map[string]bool{}
		for key := range a {
			keys[key] = true
		}
		for key := range b {
			keys[key] = true
		}
		sorted := []string{}
		for key := range keys {
			sorted = append(sorted, key)
		}
		sort.Strings(sorted)
		for _, key := range sorted {
			x, inA := a[key]
			y, inB := b[key]
			switch {
			case !inA:
				fmt.Printf("  %s.%s: missing here, there %v\n", path, key, y)
			case !inB:
				fmt.Printf("  %s.%s: here %v, missing there\n", path, key, x)
			default:
				show(path+"."+key, x, y)
			}
		}
		return
	}
	c, isC := ours.([]any)
	d, isD := theirs.([]any)
	if isC && isD && len(c) == len(d) {
		for i := range c {
			show(fmt.Sprintf("%s[%d]", path, i), c[i], d[i])
		}
		return
	}
	if !reflect.DeepEqual(ours, theirs) {
		fmt.Printf("  %s: here %v, there %v\n", path, ours, theirs)
	}
}
