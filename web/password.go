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

// Parameters of Argon2id as OWASP recommends: 19 MiB, two passes.
const (
	hashMemory = 19 << 10 // KiB
	hashTime   = 2
	hashLanes  = 1
	hashSize   = 32
	saltSize   = 16
)

// longestPassword is the number of bytes of a password that are used.
const longestPassword = 4 << 10

// hasher limits concurrent password hashes, and so their memory, and the number of requests waiting.
type hasher struct{ slots, waiting chan struct{} }

// hashWaiting limits the waiting requests; the last waits about 5 s.
const hashWaiting = 200

// newHasher returns a hasher that uses half of the processors, with 19 MiB each.
func newHasher() hasher {
	return hasher{make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2)), make(chan struct{}, hashWaiting)}
}

// HashPassword returns the encoded hash of a password for storage.
func HashPassword(ctx context.Context, password string) (string, error) {
	return newHasher().hash(ctx, password)
}

// hash returns the encoded hash of a password for storage.
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

// matches reports whether the password matches the stored hash. An empty hash, used for unknown accounts, takes
// the same time and never matches.
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
