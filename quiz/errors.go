package quiz

import "errors"

// ErrorKind is the closed set of ways in which an operation can fail. One place in web
// turns each kind into a status and a page.
type ErrorKind string

// The kinds of error. Every other error is an internal error.
const (
	NotFound        ErrorKind = "missing"   // it does not exist, or this person may not see it
	Forbidden       ErrorKind = "forbidden" // it exists, but this person may not do this
	Invalid         ErrorKind = "invalid"   // the input is not valid; see Problems
	Conflict        ErrorKind = "conflict"  // it changed since the person loaded the page
	Unauthenticated ErrorKind = "unknown"   // not signed in, or the name or password is wrong
	RateLimited     ErrorKind = "too-many"  // a limit was reached; try again later
	Unavailable     ErrorKind = "busy"      // the database cannot answer now; try again later
)

// Error is an error with a kind and the key of the message that the user reads.
type Error struct {
	Kind     ErrorKind
	Key      string // key in the message catalogue
	Problems Problems
	Cause    error // only for the log
}

func (e *Error) Error() string {
	text := string(e.Kind)
	if e.Key != "" {
		text += ": " + e.Key
	}
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// NewError returns an error of kind f with the message key.
func NewError(f ErrorKind, key string) error { return &Error{Kind: f, Key: key} }

// WrapError is like NewError, with a cause that is written to the log.
func WrapError(f ErrorKind, key string, cause error) error {
	return &Error{Kind: f, Key: key, Cause: cause}
}

// Is reports whether err is, or wraps, an error of kind f.
func Is(err error, f ErrorKind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == f
}

// Problem is one thing wrong with one field of a form or one line of a file.
type Problem struct {
	Field string         // the form field, or the field's name in a file
	Key   string         // key in the message catalogue
	Args  map[string]any // for the message
}

// Problems is returned by Validate methods. It is empty if everything is valid.
type Problems []Problem

// Add appends a problem. The pairs are names and values for the message.
func (p *Problems) Add(field, key string, pairs ...any) {
	var args map[string]any
	for i := 0; i+1 < len(pairs); i += 2 {
		if args == nil {
			args = map[string]any{}
		}
		args[pairs[i].(string)] = pairs[i+1]
	}
	*p = append(*p, Problem{Field: field, Key: key, Args: args})
}

// ForField returns the first problem of a field.
func (p Problems) ForField(field string) (Problem, bool) {
	for _, one := range p {
		if one.Field == field {
			return one, true
		}
	}
	return Problem{}, false
}

// Err returns nil if there are no problems, and an Invalid error otherwise.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Key: "error.invalid", Problems: p}
}
