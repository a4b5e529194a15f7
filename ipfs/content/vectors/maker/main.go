// Golden vectors of the formats from other people's implementations: age by its author, UnixFS by boxo (Kubo's library).
//
//	go run . > ../golden.json
//
// Age files hold fresh randomness, so each run writes other bytes that mean the same.
package main

import (
	"bytes"
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"filippo.io/age"
	"github.com/ipfs/boxo/blockservice"
	"github.com/ipfs/boxo/blockstore"
	chunk "github.com/ipfs/boxo/chunker"
	"github.com/ipfs/boxo/ipld/merkledag"
	"github.com/ipfs/boxo/ipld/unixfs/importer/balanced"
	"github.com/ipfs/boxo/ipld/unixfs/importer/helpers"
	"github.com/ipfs/boxo/ipld/unixfs/importer/trickle"
	"github.com/ipfs/go-datastore"
	"github.com/ipfs/go-datastore/sync"
	format "github.com/ipfs/go-ipld-format"
)

const (
	passphrase = "Standalone Network ; February 2017"
	contractID = "CAAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQC526" // 32 bytes of 1
	solver     = "GABAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEJXA" // 32 bytes of 2
	csv        = "id,value\na,1\nb,0\n"
)

type object = map[string]any

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// content is what the tests rebuild: SHA-256 of "vector 0", of "vector 1", ... one after another.
func content(size int) []byte {
	var out bytes.Buffer
	for i := 0; out.Len() < size; i++ {
		sum := sha256.Sum256([]byte(fmt.Sprintf("vector %d", i)))
		out.Write(sum[:])
	}
	return out.Bytes()[:size]
}

// add returns the root's CID and every block by the hex of its digest.
func add(data []byte, size int64, links int, lay func(*helpers.DagBuilderHelper) (format.Node, error)) (string, object) {
	ctx := context.Background()
	store := blockstore.NewBlockstore(sync.MutexWrap(datastore.NewMapDatastore()))
	dag := merkledag.NewDAGService(blockservice.New(store, nil))
	params := helpers.DagBuilderParams{Maxlinks: links, RawLeaves: true, CidBuilder: merkledag.V1CidPrefix(), Dagserv: dag}
	builder, err := params.New(chunk.NewSizeSplitter(bytes.NewReader(data), size))
	check(err)
	root, err := lay(builder)
	check(err)
	blocks := object{}
	keys, err := store.AllKeysChan(ctx)
	check(err)
	for key := range keys {
		block, err := store.Get(ctx, key)
		check(err)
		blocks[hex.EncodeToString(key.Hash()[2:])] = base64.StdEncoding.EncodeToString(block.RawData())
	}
	return root.Cid().String(), blocks
}

// key derives the oracle's identity of one version and lets age itself make the recipient of it.
func key(seed []byte, version int) (string, *age.X25519Identity) {
	network := sha256.Sum256([]byte(passphrase))
	salt := append(network[:], bytes.Repeat([]byte{1}, 32)...)
	secret, err := hkdf.Key(sha256.New, seed, salt, fmt.Sprintf("stellartrain/age/x25519/%d", version), 32)
	check(err)
	identity, err := age.ParseX25519Identity(bech32Identity(secret))
	check(err)
	return hex.EncodeToString(secret), identity
}

func seal(plaintext []byte, to ...age.Recipient) string {
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to...)
	check(err)
	_, err = io.Copy(w, bytes.NewReader(plaintext))
	check(err)
	check(w.Close())
	return base64.StdEncoding.EncodeToString(out.Bytes())
}

func main() {
	var cids []object
	for _, size := range []int{0, 1, 1 << 20, 1<<20 + 1, 3<<20 + 7} {
		cid, _ := add(content(size), 1<<20, 1024, balanced.Layout)
		cids = append(cids, object{"bytes": size, "cid": cid})
	}
	deep, deepBlocks := add(content(20_000), 1000, 3, balanced.Layout)
	odd, oddBlocks := add(content(20_000), 1000, 3, trickle.Layout)

	seed := bytes.Repeat([]byte{7}, 32)
	secret1, first := key(seed, 1)
	secret2, second := key(seed, 2)
	network := sha256.Sum256([]byte(passphrase))
	header := fmt.Sprintf(`{"format":"stellartrain/submission","version":1,"network":"%x","contract":"%s","challenge":7,"solver":"%s","mediaType":"text/csv","bytes":%d}`, network, contractID, solver, len(csv))
	container := append([]byte(header+"\n"), csv...)
	container = append(container, make([]byte, 4096-len(container))...)

	salt := bytes.Repeat([]byte{9}, 32)
	commitment := sha256.Sum256(append(append([]byte{}, salt...), csv...))
	out := object{
		"passphrase": passphrase, "network": hex.EncodeToString(network[:]), "contract": contractID, "solver": solver, "csv": csv,
		"cids":  cids,
		"files": []object{{"layout": "balanced", "bytes": 20_000, "cid": deep, "blocks": deepBlocks}, {"layout": "trickle", "bytes": 20_000, "cid": odd, "blocks": oddBlocks}},
		"keys": object{"seed": hex.EncodeToString(seed), "versions": []object{
			{"version": 1, "secret": secret1, "identity": first.String(), "recipient": first.Recipient().String()},
			{"version": 2, "secret": secret2, "identity": second.String(), "recipient": second.Recipient().String()},
		}},
		"commitment": object{"salt": hex.EncodeToString(salt), "commitment": hex.EncodeToString(commitment[:])},
		"submission": object{"challenge": 7, "sealed": seal(container, first.Recipient(), second.Recipient())},
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", " ")
	check(encoder.Encode(out))
}

// bech32Identity writes a secret as age does (BIP 173), for age has no constructor from raw bytes.
func bech32Identity(secret []byte) string {
	const charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
	const prefix = "age-secret-key-"
	var values []byte
	bits, buffer := 0, 0
	for _, b := range secret {
		buffer, bits = buffer<<8|int(b), bits+8
		for bits >= 5 {
			bits -= 5
			values = append(values, byte(buffer>>bits)&31)
		}
	}
	values = append(values, byte(buffer<<(5-bits))&31)
	check32 := 1
	step := func(v int) {
		top := check32 >> 25
		check32 = (check32&0x1ffffff)<<5 ^ v
		for i, g := range []int{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				check32 ^= g
			}
		}
	}
	for _, c := range prefix {
		step(int(c) >> 5)
	}
	step(0)
	for _, c := range prefix {
		step(int(c) & 31)
	}
	for _, v := range values {
		step(int(v))
	}
	for range 6 {
		step(0)
	}
	check32 ^= 1
	for i := range 6 {
		values = append(values, byte(check32>>(5*(5-i)))&31)
	}
	text := []byte(prefix + "1")
	for _, v := range values {
		text = append(text, charset[v])
	}
	return string(bytes.ToUpper(text))
}
