package quiz

import "errors"

// ErrorKind is the closed set of ways in which a deed can fail; one place in web
// turns each into a status and a page.
type ErrorKind string

// The faults. Everything else is an internal error.
const (
	NotFound        ErrorKind = "missing"   // it does not exist, or not for this person
	Forbidden       ErrorKind = "forbidden" // it exists and this person may not
	Invalid         ErrorKind = "invalid"   // the input makes no sense; see Problems
	Conflict        ErrorKind = "conflict"  // it has moved on since the person looked
	Unauthenticated ErrorKind = "unknown"   // nobody is signed in, or the name or password is wrong
	RateLimited     ErrorKind = "too-many"  // a limit was reached; later it works again
	Unavailable     ErrorKind = "busy"      // the store cannot answer now; later it works again
)

// Error is a fault with the key of the message that a person reads.
type Error struct {
	Kind     ErrorKind
	Key      string // of the message catalogue
	Problems Problems
	Cause    error // for the log only
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

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// NewError is an error of that fault; key names its message.
func NewError(f ErrorKind, key string) error { return &Error{Kind: f, Key: key} }

// WrapError is Fail with the cause that goes to the log.
func WrapError(f ErrorKind, key string, cause error) error {
	return &Error{Kind: f, Key: key, Cause: cause}
}

// Is tells whether err is, or wraps, an error of that fault.
func Is(err error, f ErrorKind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == f
}

// Problem is one thing wrong with one field of a form or one line of a file.
type Problem struct {
	Field string         // the form field, or the field's name in a file
	Key   string         // of the message catalogue
	Args  map[string]any // for the message
}

// Problems is what Check methods return; empty means all is well.
type Problems []Problem

// Add appends a problem; pairs are names and values for the message.
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

// ForField gives the first problem of a field.
func (p Problems) ForField(field string) (Problem, bool) {
	for _, one := range p {
		if one.Field == field {
			return one, true
		}
	}
	return Problem{}, false
}

// Err is nil without problems and an Invalid error with them.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Key: "error.invalid", Problems: p}
}
