package textfile

import (
	"fmt"
	"strings"
	"testing"
)

func TestReadTextOfPages(t *testing.T) {
	script := "<p>a<script>" + strings.Repeat("if (a<b) {x='<p>'} ", 500_000)
	picture := `<p>a<img src="data:` + strings.Repeat("A", 3<<20) + `">b`
	var names strings.Builder
	for i := range 1_000_000 {
		fmt.Fprintf(&names, " a%x", i)
	}
	line := strings.TrimSpace(strings.Repeat("word ", 100_000))
	readAll(t, []readCase{
		{"paragraphs", "a.html", "<p>In\n 1941 <b>war</b> <p>began<div>here</div>there", "In 1941 war\n\nbegan\n\nhere\n\nthere", ""},
		{"breaks", "a.htm", "a<br>b<br/>c<br><br>d", "a\nb\nc\n\nd", ""},
		{"entities", "a.html", "<p>1941&ndash;45 &lt;b&gt; a&shy;b &#150; &amp;amp;", "1941–45 <b> ab – &amp;", ""},
		{
			"what is no text", "a.html",
			"<!doctype html><html><head><title>no</title><style>no</style><meta><script>no</script></head><body><nav>no<nav>no</nav>no</nav>a" +
				"<!-- no --><noscript>no</noscript><template>no</template><aside>no</aside>b<footer>no</footer><svg><title>no</title></svg>",
			"a\n\nb", "",
		},
		{"a head that nobody closed", "a.html", "<head><title>no</title><p>yes", "yes", ""},
		{"footnote marks", "a.html", `<p>1941<sup class="a reference">[1]</sup> m<sup>2</sup> <sup id=x class=reference>[2]<p>b`, "1941 m2\n\nb", ""},
		{
			"tables", "a.html",
			"a<table><caption>c</caption><tbody>\n<tr> <th>Year</th>\n<th>What</th></tr>\n<tr><td><p>1941</p></td><td></td><td>war<br>began</td></tr></table>b",
			"a\n\nc\n\nYear\tWhat\n1941\t\twar began\n\nb", "",
		},
		{"tables that lay out the page", "a.html", "<table><tr><td><table><tr><td>1<td>2</table><p>a<p>b<tr><td><h1>c</h1><p>d", "1\t2\n\na\n\nb\n\nc\n\nd", ""},
		{"text with its own lines", "a.html", "<p>x  y<pre>a  b\nc</pre></pre>d  e", "x y\n\na  b\nc\n\nd e", ""},
		{"known by its content", "a.doc", "\uFEFF\n<html><p>a", "a", ""},
		{"XHTML", "a", "<?xml version='1.0'?><html xmlns='x'><p>a</p></html>", "a", ""},
		{"no page", "a.txt", "<b>html</b>", "<b>html</b>", ""},
		{"an unfinished tag", "a.html", "a<p b='", "a", ""},
		{"one long line", "a.html", "<p>" + line, line, ""},
		{"a page full of script", "a.html", script, "a", ""},
		{"a page full of closed script", "a.html", script + "</script>b", "ab", ""},
		{"a picture written out", "a.html", picture, "a b", ""},
		{"a million attributes", "a.html", "<p>a<p" + names.String() + ">b", "a b", ""},
		{"a million attributes and no end", "a.html", "<p>a<p" + names.String(), "a", ""},
		{"nested as deep as can be", "a.html", strings.Repeat("<div>", 2_000_000) + "a", "a", ""},
		{"script only", "a.html", "<script>a</script>", "", "empty"},
		{"too long", "a.html", "<p>" + strings.Repeat("<i>a</i>", MaxText+1), "", "long"},
		{"a control character", "a.html", "a&#1;", "", "binary"},
	})
}
