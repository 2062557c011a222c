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

// quick costs 2 ms for 37 kB, the best level 60 ms for 8 % less: too long for whoever asks first.
const quick = 5

// packed compresses a file when it is first asked for: at once, then in the background as well as
// can be. So neither the start nor the first reader waits for it.
type packed struct {
	plain File
	asked sync.Once
	now   atomic.Pointer[File]
}

func (p *packed) file() File {
	p.asked.Do(func() {
		switch path.Ext(p.plain.Name) {
		case ".woff2", ".png": // are compressed in themselves
			p.now.Store(&p.plain)
		default:
			p.now.Store(p.pack(quick))
			go func() { p.now.Store(p.pack(brotli.BestCompression)) }()
		}
	})
	return *p.now.Load()
}

func (p *packed) pack(level int) *File {
	f := p.plain
	f.Brotli = squeeze(f.Plain, func(w io.Writer) io.WriteCloser {
		return brotli.NewWriterLevel(w, level)
	})
	f.Gzip = squeeze(f.Plain, func(w io.Writer) io.WriteCloser {
		zip, err := gzip.NewWriterLevel(w, gzip.BestCompression)
		if err != nil {
			panic(err) // only a level that does not exist
		}
		return zip
	})
	return &f
}

// squeeze is nil when the outcome is no smaller.
func squeeze(plain []byte, to func(io.Writer) io.WriteCloser) []byte {
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
