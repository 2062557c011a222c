package web

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"

	"chronicle/quiz"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// The cost of a guess: 19 MiB, two passes, as OWASP advises for Argon2id.
const (
	hashMemory = 19 << 10 // KiB
	hashTime   = 2
	hashLanes  = 1
	hashSize   = 32
	saltSize   = 16
)

// longestPassword is how many bytes of a password are looked at, at most.
const longestPassword = 4 << 10

// hasher bounds how many passwords are hashed at once, and so the memory, and how many
// wait for it.
type hasher struct{ slots, waiting chan struct{} }

// hashWaiting is how many wait at most, which is about 5 s.
const hashWaiting = 200

// newHasher lets half of the processors hash, each with 19 MiB.
func newHasher() hasher {
	return hasher{make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2)), make(chan struct{}, hashWaiting)}
}

// HashPassword gives the text that is kept of a password.
func HashPassword(ctx context.Context, password string) (string, error) {
	return newHasher().hash(ctx, password)
}

// hash gives the text that is kept of a password.
func (h hasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltSize)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	key, err := h.derive(ctx, password, salt)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, hashMemory, hashTime, hashLanes, b64(salt), b64(key)), nil
}

// matches tells whether the password belongs to the kept text. An empty text, of
// somebody who does not exist, costs the same time and is never the same.
func (h hasher) matches(ctx context.Context, kept, password string) (bool, error) {
	salt, want := make([]byte, saltSize), make([]byte, hashSize)
	exists := kept != ""
	if exists {
		parts := strings.Split(kept, "$")
		if len(parts) != 6 {
			return false, fmt.Errorf("a kept password has %d parts", len(parts))
		}
		var err error
		if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
			return false, err
		}
		if want, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil {
			return false, err
		}
	}
	got, err := h.derive(ctx, password, salt)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && exists, nil
}

func (h hasher) derive(ctx context.Context, password string, salt []byte) ([]byte, error) {
	select {
	case h.waiting <- struct{}{}:
		defer func() { <-h.waiting }()
	default:
		return nil, quiz.NewError(quiz.Unavailable, "error.overload.sent")
	}
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, hashTime, hashMemory, hashLanes, hashSize), nil
}
