package bridge

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// Client is a system that may talk to the bridge.
type Client struct {
	Name string `json:"name"`
	// TokenSHA256 is the SHA-256 of its token in hexadecimal digits: whoever
	// reads the file of clients cannot pass for one.
	TokenSHA256 string `json:"token_sha256"`
	// Actor is in whose name it writes.
	Actor vanphong.PersonID `json:"actor"`
	// SpeaksForUsers lets it name, in the header Vanphong-Actor, the person who
	// acts; Actor is then who acts where it names nobody.
	SpeaksForUsers bool `json:"speaks_for_users,omitempty"`
	// Rights are what it may do in which organisation: verbs as a
	// [vanphong.Guard] sees them ("documents.issue"), "documents.read" and
	// "incoming.read" for reading, or all verbs of a package ("documents.*").
	Rights map[vanphong.OrgID][]string `json:"rights"`
	// Receives is the highest level of secrecy that its network may receive;
	// empty is none.
	Receives vanphong.Secrecy `json:"receives,omitempty"`
	// PerMinute is how many requests a minute it may send; 0 is
	// [DefaultPerMinute].
	PerMinute int `json:"per_minute,omitempty"`
}

// The bounds on clients and what each may ask.
const (
	DefaultPerMinute = 600
	MaxPerMinute     = 600_000
	MaxClients       = 10_000
	maxClientsFile   = 16 << 20
)

// Token returns the digest to keep of a token.
func Token(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// ReadClients reads a file of clients: a JSON array of [Client]. It refuses
// unknown fields, for a misspelt right would otherwise be a right that is
// missing, or a bound that is not there.
func ReadClients(r io.Reader) ([]Client, error) {
	dec := json.NewDecoder(io.LimitReader(r, maxClientsFile))
	dec.DisallowUnknownFields()
	var all []Client
	if err := dec.Decode(&all); err != nil {
		return nil, fmt.Errorf("clients: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, vanphong.NewInputError("clients", "", "one JSON array and nothing after it", nil)
	}
	return all, checkClients(all)
}

// checkClients holds what a mistake in the file would turn into a hole.
func checkClients(all []Client) error {
	if len(all) == 0 || len(all) > MaxClients {
		return vanphong.NewInputError("clients", fmt.Sprint(len(all)), fmt.Sprintf("1 to %d clients", MaxClients), nil)
	}
	seen := map[string]string{}
	for _, c := range all {
		if c.Name == "" {
			return vanphong.NewInputError("name", "", "a name for each client", nil)
		}
		if b, err := hex.DecodeString(c.TokenSHA256); err != nil || len(b) != sha256.Size {
			return vanphong.NewInputError("token_sha256", c.Name, "64 hexadecimal digits", nil)
		}
		// Two clients with one token are one client with the rights of whichever
		// is found first.
		if other, taken := seen[strings.ToLower(c.TokenSHA256)]; taken {
			return vanphong.NewInputError("token_sha256", c.Name, "another token than that of "+other, vanphong.ErrConflict)
		}
		seen[strings.ToLower(c.TokenSHA256)] = c.Name
		if err := vanphong.CheckID("actor", c.Actor); err != nil {
			return err
		}
		if c.PerMinute < 0 || c.PerMinute > MaxPerMinute {
			return vanphong.NewInputError("per_minute", fmt.Sprint(c.PerMinute), fmt.Sprintf("0 to %d", MaxPerMinute), nil)
		}
		for org, verbs := range c.Rights {
			if err := vanphong.CheckID("rights", org); err != nil {
				return err
			}
			for _, v := range verbs {
				if family, verb, ok := strings.Cut(v, "."); !ok || verb == "" || !slices.Contains(families, family) {
					return vanphong.NewInputError("rights", v, "a verb such as documents.issue, or documents.*", nil)
				}
			}
		}
	}
	return nil
}

// families are the packages whose verbs can be given.
var families = []string{"documents", "incoming"}

// may reports whether the client has a verb in an organisation.
func (c *Client) may(org vanphong.OrgID, verb string) bool {
	family, _, _ := strings.Cut(verb, ".")
	verbs := c.Rights[org]
	return slices.Contains(verbs, verb) || slices.Contains(verbs, family+".*")
}
