package textfile

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"chronicle/quiz"
)

// firstProblem returns the last word of an error's key, or "" if there is no error.
func firstProblem(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var known *quiz.Error
	if !errors.As(err, &known) || known.Kind != quiz.Invalid {
		t.Fatalf("an error of another kind: %v", err)
	}
	word, ok := strings.CutPrefix(known.Key, "bring.problem.")
	if !ok {
		t.Fatalf("an error of another family: %v", err)
	}
	return word
}

// readCase is a file with its expected text or problem.
type readCase struct{ what, name, content, want, problem string }

func readAll(t *testing.T, cases []readCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.what, func(t *testing.T) {
			got, err := ReadText(t.Context(), c.name, []byte(c.content))
			if p := firstProblem(t, err); p != c.problem || got != c.want {
				t.Errorf("read %.200q with problem %q, want %.200q with %q", got, p, c.want, c.problem)
			}
		})
	}
}

func in16(s string, little bool) string {
	out := []byte{0xFE, 0xFF}
	if little {
		out = []byte{0xFF, 0xFE}
	}
	for _, u := range utf16.Encode([]rune(s)) {
		a, b := byte(u>>8), byte(u)
		if little {
			a, b = b, a
		}
		out = append(out, a, b)
	}
	return string(out)
}

func TestReadTextOfPlainFiles(t *testing.T) {
	line := strings.TrimSpace(strings.Repeat("word ", 100_000))
	readAll(t, []readCase{
		{"as it is", "a.txt", " In 1941*  war\tbegan.\n\n\n<b> ", " In 1941*  war\tbegan.\n\n\n<b> ", ""},
		{"ends of lines", "a.txt", "a\r\nb\rc\n\fd\fe\vf\u0085g\u2028h\u2029i", "a\nb\nc\nd\ne\nf\ng\nh\n\ni", ""},
		{"what cannot be seen", "a.txt", "\uFEFFBa\u00ADku\u200B 18\u206072\u202E\u200F", "Baku 1872", ""},
		{"joiners and accents", "a.txt", "می\u200cخواهم e\u0301 \u00A0", "می\u200cخواهم e\u0301 \u00A0", ""},
		{"no ending", "notes", "1872", "1872", ""},
		{"UTF-16", "a.txt", in16("Şuşa 1992 🙂", true), "Şuşa 1992 🙂", ""},
		{"UTF-16, the other way round", "A.TXT", in16("Şuşa 1992 🙂", false), "Şuşa 1992 🙂", ""},
		{"one long line", "a.txt", line, line, ""},
		{"nothing", "a.txt", "", "", "empty"},
		{"nothing under a great name", "a.docx", "", "", "empty"},
		{"space", "a.txt", " \r\n\t\u00A0 ", "", "empty"},
		{"a mark and nothing else", "a.txt", "\uFEFF", "", "empty"},
		{"nothing that can be seen", "a.txt", "\u200B\u00AD", "", "empty"},
		{"as large as can be", "a.txt", "a" + strings.Repeat(" ", MaxTextBytes-1), "", "long"},
		{"too large", "a.txt", strings.Repeat("a", MaxTextBytes+1), "", "big"},
		{"as long as can be", "a.txt", strings.Repeat("ş", MaxText), strings.Repeat("ş", MaxText), ""},
		{"too long", "a.txt", strings.Repeat("ş", MaxText+1), "", "long"},
		{"NUL", "a.txt", "Baku\x00 1872", "", "binary"},
		{"a control character", "a.txt", "1941\x1e1945", "", "binary"},
		{"delete", "a.md", "1941\x7f1945", "", "binary"},
		{"a PDF", "a.txt", "%PDF-1.7\n", "", "binary"},
		{"an old document", "a.docx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "", "binary"},
		{"RTF", "a.doc", `{\rtf1 Baku}`, "", "binary"},
		{"a picture", "a.html", "\x89PNG\r\n\x1A\n", "", "binary"},
		{"UTF-16 without a mark", "a.txt", "B\x00a\x00k\x00u\x00", "", "binary"},
		{"broken UTF-8", "a.txt", "Bak\xFF", "", "encoding"},
		{"windows-1251", "a.html", "<p>\xc1\xe0\xea\xf3", "", "encoding"},
		{"windows-1252 taken for Latin-1", "a.txt", "1941\u00961945", "", "encoding"},
		{"half a unit of UTF-16", "a.txt", "\xFF\xFEa", "", "encoding"},
		{"half a pair of UTF-16", "a.txt", "\xFE\xFF\xD8\x00", "", "encoding"},
		{"a broken pair of UTF-16", "a.txt", "\xFE\xFF\xDC\x00\x00a", "", "encoding"},
	})
}

// TestTextLimitsAreSaid checks that the messages state the limits; errors have no
// arguments, so the numbers are part of the messages.
func TestTextLimitsAreSaid(t *testing.T) {
	if MaxTextBytes != 10<<20 || MaxText != 1_000_000 {
		t.Error("change bring.problem.big and bring.problem.long with the limits")
	}
}

func TestReadTextOfMarkdown(t *testing.T) {
	readAll(t, []readCase{
		{"headings", "a.md", "# One #\n\n  ## Two\nText\n#1941 stays\n####### seven\n#", "One\n\nTwo\n\nText\n#1941 stays\n####### seven", ""},
		{"underlined headings and rules", "a.md", "One\n===\nTwo\n---\n* * *\nText", "One\n\nTwo\n\nText", ""},
		{"emphasis", "a.md", "*In* **1941** ***war*** _began_ __here__ **over\nlines** *a **b** c*", "In 1941 war began here over\nlines a b c", ""},
		{"signs that are none", "a.md", "1941* and 1945* (2*3*4) a_b_c * x ** **** *open", "1941* and 1945* (2*3*4) a_b_c * x ** **** *open", ""},
		{"numbers and bullets", "a.markdown", "1941. War\n\n* 1945\n- 1946", "1941. War\n\n* 1945\n- 1946", ""},
		{"escapes", "a.md", `\*1941\* \1 a\` + "\nb \\", "*1941* \\1 a\nb \\", ""},
		{"links", "a.md", "[Baku](https://x.az/a_(b) \"t\") [1941] [a] (b) [c](d\ne) ]( [", "Baku [1941] [a] (b) [c](d\ne) ]( [", ""},
		{"pictures", "a.md", "a![*b [c](d)](e) f* [![g](h)](i)j!", "a f* j!", ""},
		{"code", "a.md", "`*a*` ``b`c`` `d", "*a* b`c `d", ""},
		{"fences", "a.md", "*a*\n```go\n*b* <p>\n~~~\n```\n*c*\n~~~\n# d", "a\n\n*b* <p>\n~~~\nc\n\n# d", ""},
		{"quotes", "a.md", "> In *1941*\n>> war", "In 1941\nwar", ""},
		{"tables", "a.md", "| Year | What |\n|:--|---|\n| 1941 | *war* |", "Year\tWhat\n1941\twar", ""},
		{"tags", "a.md", "a <b>b</b><br>c &amp; d\n  e <!-- no\n\nno -->f<script>\n\nno</script></pre>\ng  h", "a b\nc & d\n  e f\n\ng  h", ""},
		{"less than", "a.md", "1 < 2 and <3", "1 < 2 and <3", ""},
		{"tags only", "a.md", "<p><!-- -->", "", "empty"},
		{"a control character within", "a.md", "a&#1;b", "", "binary"},
	})
}

// TestHardTextsAreRead checks that difficult input is read quickly. It measures
// nothing because machines differ: with quadratic time it would run for an hour.
func TestHardTextsAreRead(t *testing.T) {
	for what, piece := range map[string]string{
		"brackets": "[", "links": "[](", "pictures": "![](", "parens": "](a(", "stars": "*a **b ", "ticks": "` `` ``` ````",
		"fences": "<\n```\n```\n", "quotes": ">", "bars": "|", "lines": "a\n", "divs": "<div>", "cells": "<td>", "scripts": "<script>",
		"comments": "<!--", "closed scripts": "<script></script>", "entities": "&amp", "sups": "<sup class=reference>", "navs": "<nav>",
		"attributes": "<p a", "tags": "<", "titles": "<title></titl", "returns": "\r", "words": "w ",
	} {
		text := strings.Repeat(piece, MaxTextBytes/32/len(piece))
		for _, name := range []string{"a.md", "a.html"} {
			_, err := ReadText(t.Context(), name, []byte(text))
			if p := firstProblem(t, err); p != "" && p != "long" && p != "empty" {
				t.Errorf("%s in %s: %s", what, name, p)
			}
		}
	}
}

// TestReadTextOfOurOwn checks that the project's own ARCHITECTURE.md is read
// without its markup.
func TestReadTextOfOurOwn(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("..", "..", "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := ReadText(t.Context(), "ARCHITECTURE.md", content)
	if err != nil {
		t.Fatal(err)
	}
	for _, lost := range []string{"**", "\n#", "|---", "```"} {
		if strings.Contains(text, lost) {
			t.Errorf("%q is still there", lost)
		}
	}
}
