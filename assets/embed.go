// Package assets embeds the files sent to the browser (styles, scripts, fonts and icons, under names that contain
// the hash of their content), the shipped decks and the message catalogues.
package assets

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

//go:embed css js font icon deck text
var embedded embed.FS

const (
	root   = "/assets/"
	bundle = "app.css" // all CSS files, in order of their names
)

var types = map[string]string{
	".css":         "text/css; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json",
	".woff2":       "font/woff2",
}

var (
	reference = regexp.MustCompile(`/assets/([\w.-]*\w)`)
	relative  = regexp.MustCompile(`\b(?:from|import)\s*\(?\s*["']\.`)
)

// A File is an embedded file with its encodings. Gzip and Brotli are nil where they would save nothing.
type File struct {
	Name                string // with the hash: app.3f2a9c1b.css
	Type                string // Content-Type
	Hash                string // of Plain, 16 hex digits: the ETag without quotes
	Plain, Gzip, Brotli []byte
}

// A Set holds all embedded files. It is safe for concurrent use.
type Set struct {
	urls  map[string]string          // by plain name
	files map[string]*compressedFile // by hashed name
}

// Load returns the embedded files, with every reference to /assets/NAME in a style, script or manifest replaced by
// the hashed name. The work is done once per process. It fails when a reference names no file or when files refer
// to each other in a cycle.
func Load() (*Set, error) { return loadOnce() }

var loadOnce = sync.OnceValues(func() (*Set, error) { return load(embedded) })

// URL returns the URL of a file by its plain name: URL("app.css") is "/assets/app.3f2a9c1b.css". It panics for an
// unknown name, since names come only from our own code.
func (s *Set) URL(name string) string {
	url, ok := s.urls[name]
	if !ok {
		panic(fmt.Sprintf("assets: no file %q", name))
	}
	return url
}

// File returns the file with a hashed name.
func (s *Set) File(hashed string) (File, bool) {
	p, ok := s.files[hashed]
	if !ok {
		return File{}, false
	}
	return p.file(), true
}

// Decks returns the folder of shipped decks.
func Decks() fs.FS { return folder("deck") }

// Texts returns the folder of message catalogues, one file per language.
func Texts() fs.FS { return folder("text") }

func folder(name string) fs.FS {
	sub, err := fs.Sub(embedded, name)
	if err != nil {
		panic(err) // only for a misspelt name
	}
	return sub
}

func load(from fs.FS) (*Set, error) {
	plain, err := collect(from)
	if err != nil {
		return nil, err
	}
	s := &Set{urls: map[string]string{}, files: map[string]*compressedFile{}}
	for name := range plain {
		if err := s.add(plain, name, nil); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// collect reads the files by plain name and joins the styles into one.
func collect(from fs.FS) (map[string][]byte, error) {
	plain := map[string][]byte{}
	for _, dir := range []string{"css", "js", "font", "icon"} {
		entries, err := fs.ReadDir(from, dir) // sorted
		if err != nil {
			return nil, err
		}
		for _, entry := range entries {
			name := entry.Name()
			content, err := fs.ReadFile(from, path.Join(dir, name))
			if err != nil {
				return nil, err
			}
			switch _, twice := plain[name]; {
			case dir == "css":
				plain[bundle] = append(append(plain[bundle], content...), '\n')
			case twice:
				return nil, fmt.Errorf("assets: two files named %s", name)
			default:
				plain[name] = content
			}
		}
	}
	return plain, nil
}

// add adds a file to the set after the files it refers to; above lists the files that are waiting for it.
func (s *Set) add(plain map[string][]byte, name string, above []string) error {
	if s.urls[name] != "" {
		return nil
	}
	above = append(above, name)
	if slices.Contains(above[:len(above)-1], name) {
		return fmt.Errorf("assets: a circle of references: %s", strings.Join(above, " > "))
	}
	content, err := s.refer(plain, name, above)
	if err != nil {
		return err
	}
	ext := path.Ext(name)
	if types[ext] == "" {
		return fmt.Errorf("assets: %s: no media type is known for %q", name, ext)
	}
	sum := sha256.Sum256(content)
	hash := hex.EncodeToString(sum[:8])
	hashed := strings.TrimSuffix(name, ext) + "." + hash[:8] + ext
	s.urls[name] = root + hashed
	s.files[hashed] = &compressedFile{plain: File{Name: hashed, Type: types[ext], Hash: hash, Plain: content}}
	return nil
}

// refer returns a file's content with the hashed names of the files it refers to.
func (s *Set) refer(plain map[string][]byte, name string, above []string) ([]byte, error) {
	content := plain[name]
	switch path.Ext(name) {
	case ".css", ".js", ".webmanifest":
	default:
		return content, nil
	}
	if found := relative.Find(content); found != nil {
		return nil, fmt.Errorf("assets: %s: %s…: import by %sNAME, other addresses have no hash", name, found, root)
	}
	var failed error
	content = reference.ReplaceAllFunc(content, func(found []byte) []byte {
		other := strings.TrimPrefix(string(found), root)
		if _, ok := plain[other]; !ok {
			failed = fmt.Errorf("assets: %s refers to %s, which is not there", name, found)
			return found
		}
		if err := s.add(plain, other, above); err != nil {
			failed = err
			return found
		}
		return []byte(s.urls[other])
	})
	return content, failed
}
