package assets

import (
	"bytes"
	"compress/gzip"
	"io"
	"path"
	"sync"
	"sync/atomic"

	"github.com/andybalholm/brotli"
)

// quickLevel costs 2 ms for 37 kB; the best level takes 60 ms for 8 % less, too long for the first request.
const quickLevel = 5

// compressedFile compresses a file on the first request: quickly at first, then at the best level in the
// background. So neither the start nor the first reader waits.
type compressedFile struct {
	plain     File
	requested sync.Once
	current   atomic.Pointer[File]
}

func (p *compressedFile) file() File {
	p.requested.Do(func() {
		switch path.Ext(p.plain.Name) {
		case ".woff2", ".png": // already compressed
			p.current.Store(&p.plain)
		default:
			p.current.Store(p.compress(quickLevel))
			go func() { p.current.Store(p.compress(brotli.BestCompression)) }()
		}
	})
	return *p.current.Load()
}

func (p *compressedFile) compress(level int) *File {
	f := p.plain
	f.Brotli = compress(f.Plain, func(w io.Writer) io.WriteCloser {
		return brotli.NewWriterLevel(w, level)
	})
	f.Gzip = compress(f.Plain, func(w io.Writer) io.WriteCloser {
		zip, err := gzip.NewWriterLevel(w, gzip.BestCompression)
		if err != nil {
			panic(err) // only for an invalid level
		}
		return zip
	})
	return &f
}

// compress returns nil when the result is not smaller.
func compress(plain []byte, to func(io.Writer) io.WriteCloser) []byte {
	var out bytes.Buffer
	w := to(&out)
	if _, err := w.Write(plain); err != nil {
		panic(err) // writing to a buffer never fails
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	if out.Len() >= len(plain) {
		return nil
	}
	return out.Bytes()
}
