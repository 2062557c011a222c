package textfile

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzReadText(f *testing.F) {
	f.Add("a.txt", []byte("\uFEFFIn 1941*\r\nwar\fbegan\u00AD"))
	f.Add("a.txt", []byte(in16("Şuşa 🙂", true)))
	f.Add("a.md", []byte("# a\n> *b* [c](d) ![e](f)\n```\n<p>\n```\n| a | b |\n|---|\n\\* `x` <b>y</b>"))
	f.Add("a.html", []byte("<p>a<table><tr><td>b<td>c</table><sup class=reference>d</sup><pre> e</pre><script>f</script>&shy;"))
	f.Add("a.docx", []byte(docx(f, said("a")+"<w:tbl><w:tr><w:tc>"+said("b")+"</w:tc></w:tr></w:tbl>")))
	f.Add("a.docx", []byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		text, err := ReadText(t.Context(), name, content)
		if firstProblem(t, err) != "" {
			if text != "" {
				t.Fatalf("a text with an error: %q", text)
			}
			return
		}
		if !utf8.ValidString(text) || strings.TrimSpace(text) == "" || utf8.RuneCountInString(text) > MaxText {
			t.Fatalf("read %q", text)
		}
		again, err := ReadText(t.Context(), "a.txt", []byte(text))
		if !isHTML(text) && !isBinary([]byte(text)) && !strings.HasPrefix(text, "PK\x03\x04") && (err != nil || again != text) {
			t.Fatalf("read %q, then %q: %v", text, again, err)
		}
	})
}
