package assets

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/andybalholm/brotli"
)

func set(t testing.TB) *Set {
	t.Helper()
	s, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEveryNameLeadsToItsFile(t *testing.T) {
	s := set(t)
	for _, name := range []string{"app.css", "app.js", "icon.svg", "apple-touch-icon.png", "inter-latin.woff2"} {
		url := s.URL(name)
		f, ok := s.File(strings.TrimPrefix(url, "/assets/"))
		if !ok || len(f.Plain) == 0 || f.Type == "" || len(f.Hash) != 16 {
			t.Errorf("%s at %s: %v, type %q, hash %q, %d bytes", name, url, ok, f.Type, f.Hash, len(f.Plain))
		}
		if !strings.Contains(url, "."+f.Hash[:8]+".") {
			t.Errorf("%s does not carry the hash %s", url, f.Hash)
		}
		if _, ok := s.File(name); ok {
			t.Errorf("%s is there without its hash", name)
		}
	}
}

func TestAnUnknownNamePanics(t *testing.T) {
	defer func() {
		if said, _ := recover().(string); !strings.Contains(said, `"nothing.css"`) {
			t.Errorf("panic said %q", said)
		}
	}()
	set(t).URL("nothing.css")
}

func TestReferencesAreHashedAndOurs(t *testing.T) {
	s := set(t)
	for hashed, p := range s.files {
		if !strings.HasSuffix(hashed, ".css") && !strings.HasSuffix(hashed, ".js") {
			continue
		}
		for _, found := range reference.FindAllSubmatch(p.plain.Plain, -1) {
			if _, ok := s.files[string(found[1])]; !ok {
				t.Errorf("%s refers to %s, which has no such address", hashed, found[0])
			}
		}
	}
	css := s.files[strings.TrimPrefix(s.URL("app.css"), root)].plain.Plain
	if !bytes.Contains(css, []byte(s.URL("inter-latin.woff2"))) {
		t.Error("the style does not use the hashed font")
	}
	if found := regexp.MustCompile(`@import|url\(\s*["']?(?:https?:)?//`).Find(css); found != nil {
		t.Errorf("the style asks another host or a second file: %s", found)
	}
}

func TestCompressedFormsAreThePlainOne(t *testing.T) {
	s := set(t)
	for hashed, p := range s.files {
		f, _ := s.File(hashed)
		for deadline := time.Now().Add(time.Minute); f.Brotli != nil && time.Now().Before(deadline); f = p.file() {
			check(t, f)
			if bytes.Equal(f.Brotli, p.compress(brotli.BestCompression).Brotli) {
				break
			}
		}
		check(t, f)
	}
}

func check(t *testing.T, f File) {
	t.Helper()
	if f.Gzip != nil {
		r, err := gzip.NewReader(bytes.NewReader(f.Gzip))
		if err != nil {
			t.Fatal(f.Name, err)
		}
		same(t, f, r)
	}
	if f.Brotli != nil {
		same(t, f, brotli.NewReader(bytes.NewReader(f.Brotli)))
	}
}

func same(t *testing.T, f File, r io.Reader) {
	t.Helper()
	got, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(got, f.Plain) {
		t.Errorf("%s: unpacked it is not what was packed: %v", f.Name, err)
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a circle":          {map[string]string{"js/a.js": `import "/assets/b.js"`, "js/b.js": `import "/assets/a.js"`}, "a circle"},
		"a missing file":    {map[string]string{"js/a.js": `import "/assets/c.js"`}, "c.js, which is not there"},
		"a relative import": {map[string]string{"js/a.js": `import { x } from "./b.js"`}, "import by /assets/NAME"},
		"one name twice":    {map[string]string{"js/a.svg": "1", "icon/a.svg": "2"}, "two files named a.svg"},
		"an unknown type":   {map[string]string{"icon/a.bmp": "1"}, "no media type"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := load(folders(c.files)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func TestAHashFollowsItsReferences(t *testing.T) {
	url := func(deep string) string {
		s, err := load(folders(map[string]string{
			"css/a.css": `i{background:url("/assets/i.svg")}`, "icon/i.svg": deep,
			"js/a.js": `import "/assets/b.js"`, "js/b.js": `import("/assets/c.js")`, "js/c.js": deep,
		}))
		if err != nil {
			t.Fatal(err)
		}
		return s.URL("a.js") + s.URL("app.css")
	}
	if url("1") == url("2") {
		t.Error("a file changed, but not the names of those that use it")
	}
}

func TestDecksAndTextsAreThere(t *testing.T) {
	for name, dir := range map[string]fs.FS{"*.deck": Decks(), "active.en.json": Texts()} {
		if found, err := fs.Glob(dir, name); err != nil || len(found) == 0 {
			t.Errorf("%s: %v, %v", name, found, err)
		}
	}
}

func folders(files map[string]string) fs.FS {
	all := fstest.MapFS{}
	for _, dir := range []string{"css", "js", "font", "icon"} {
		all[dir] = &fstest.MapFile{Mode: fs.ModeDir | 0o755}
	}
	for name, content := range files {
		all[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return all
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := load(embedded); err != nil {
			b.Fatal(err)
		}
	}
}
