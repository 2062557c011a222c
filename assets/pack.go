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

// quickLevel costs 2 ms for 37 kB, the best level 60 ms for 8 % less: too long for whoever asks first.
const quickLevel = 5

// compressedFile compresses a file when it is first asked for: at once, then in the background as well as
// can be. So neither the start nor the first reader waits for it.
type compressedFile struct {
	plain     File
	requested sync.Once
	current   atomic.Pointer[File]
}

func (p *compressedFile) file() File {
	p.requested.Do(func() {
		switch path.Ext(p.plain.Name) {
		case ".woff2", ".png": // are compressed in themselves
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
			panic(err) // only a level that does not exist
		}
		return zip
	})
	return &f
}

// compress is nil when the outcome is no smaller.
func compress(plain []byte, to func(io.Writer) io.WriteCloser) []byte {
	var out bytes.Buffer
	w := to(&out)
	if _, err := w.Write(plain); err != nil {
		panic(err) // a buffer takes everything
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	if out.Len() >= len(plain) {
		return nil
	}
	return out.Bytes()
}
