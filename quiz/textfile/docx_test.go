package textfile

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"
)

const wordSpace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

// zipped returns a zip file of alternating names and contents.
func zipped(t testing.TB, parts ...string) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func inWord(body string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="` + wordSpace +
		`" xmlns:a="urn:a" xmlns:mc="urn:mc"><w:body>` + body + `</w:body></w:document>`
}

func docx(t testing.TB, body string) string {
	t.Helper()
	return zipped(t, "[Content_Types].xml", "<Types/>", "word/document.xml", inWord(body), "word/footnotes.xml", inWord(said("no")))
}

func said(s string) string { return "<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>" }

func TestReadTextOfDocuments(t *testing.T) {
	line := strings.TrimSpace(strings.Repeat("word ", 100_000))
	readAll(t, []readCase{
		{"paragraphs", "a.docx", docx(t, said("In 1941* &amp;")+said("")+"<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>war</w:t></w:r></w:p>"+said("began")), "In 1941* &\n\nwar\n\nbegan", ""},
		{"known by its content", "a.txt", docx(t, said("a")), "a", ""},
		{"the strict form", "a.docx", zipped(t, "word/document.xml", strings.Replace(inWord(said("a")), wordSpace, "http://purl.oclc.org/ooxml/wordprocessingml/main", 1)), "a", ""},
		{"runs", "a.docx", docx(t, "<w:p>\n <w:r><w:t>19</w:t></w:r>\n<w:r><w:t xml:space='preserve'>41 </w:t><w:t>a\nb</w:t></w:r></w:p>"), "1941 a b", ""},
		{"tabs, breaks and hyphens", "a.docx", docx(t, "<w:p><w:pPr><w:tabs><w:tab w:pos='1'/></w:tabs></w:pPr><w:r><w:t>1941</w:t><w:tab/><w:t>war</w:t><w:br/><w:t>in</w:t><w:softHyphen/><w:t>to 1941</w:t><w:noBreakHyphen/><w:t>45</w:t></w:r></w:p>"), "1941\twar\ninto 1941\u201145", ""},
		{
			"what is no text", "a.docx",
			docx(t, "<w:p><w:del><w:r><w:delText>no</w:delText><w:t>no</w:t></w:r></w:del><w:ins><w:r><w:t>a</w:t></w:r></w:ins><w:r><w:instrText>no</w:instrText></w:r>"+
				"<w:r><w:footnoteReference w:id='1'/></w:r><w:moveFrom><w:r><w:t>no</w:t></w:r></w:moveFrom><a:t>no</a:t>"+
				"<mc:AlternateContent><mc:Choice><w:r><w:t>b</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>no</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"),
			"ab", "",
		},
		{
			"tables", "a.docx",
			docx(t, said("a")+"<w:tbl><w:tr><w:tc>"+said("Year")+"</w:tc><w:tc>"+said("What")+"</w:tc></w:tr><w:tr><w:tc>"+said("1941")+"</w:tc><w:tc>"+said("")+"</w:tc><w:tc>"+said("war")+said("began")+"</w:tc></w:tr></w:tbl>"+said("b")),
			"a\n\nYear\tWhat\n1941\t\twar began\n\nb", "",
		},
		{"one long line", "a.docx", docx(t, said(line)), line, ""},
		{"nothing", "a.docx", docx(t, said(" ")), "", "empty"},
		{"no zip", "a.docx", "Baku", "", "zip"},
		{"half a zip", "a.docx", docx(t, said("a"))[:300], "", "zip"},
		{"another zip", "a.docx", zipped(t, "xl/workbook.xml", "<a/>"), "", "zip"},
		{"no XML", "a.docx", zipped(t, "word/document.xml", "Baku <"), "", "zip"},
		{"half a document", "a.docx", zipped(t, "word/document.xml", inWord(said("a"))[:220]), "", "zip"},
		{"entities of its own", "a.docx", zipped(t, "word/document.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]>"+inWord(said("&b;"))[55:]), "", "zip"},
		{"another encoding", "a.docx", zipped(t, "word/document.xml", "<?xml version='1.0' encoding='windows-1251'?><a/>"), "", "zip"},
		{"deep", "a.docx", docx(t, strings.Repeat("<w:p>", maxXMLDepth)), "", "zip"},
		{"packed too well", "a.docx", docx(t, strings.Repeat("<w:p></w:p>", 500_000)), "", "zip"},
		{"a tag without end", "a.docx", docx(t, "<w:p "+strings.Repeat(`a="" `, 1_000_000)), "", "zip"},
		{"a bomb", "a.docx", docx(t, strings.Repeat(" ", 3*maxXML)), "", "zip"},
	})
}

func TestDocumentsGoToTheirLimits(t *testing.T) {
	var many []string
	for i := range maxEntries {
		many = append(many, fmt.Sprint("word/", i), "")
	}
	many = append(many, "word/document.xml", inWord(said("a")))
	var noise strings.Builder // hard to compress, so that the size limit applies
	next := uint32(1)
	for noise.Len() < maxXML {
		noise.WriteString(`<a:b c="`)
		for range 15 { // few tags: the size limit applies
			next = next*1664525 + 1013904223
			noise.WriteString(strings.Repeat(strconv.FormatUint(uint64(next), 16)+" ", 4))
		}
		noise.WriteString(`"/>`)
	}
	long := strings.NewReplacer(`<a:b c="`, "", `"/>`, "").Replace(noise.String()[:2*MaxText])
	readAll(t, []readCase{
		{"too long", "a.docx", docx(t, said(long)), "", "long"},
		{"many entries", "a.docx", zipped(t, many[2:]...), "a", ""},
		{"too many entries", "a.docx", zipped(t, many...), "", "zip"},
		{"too much XML", "a.docx", docx(t, noise.String()), "", "zip"},
		{"as much as can be", "a.docx", docx(t, said("a")+noise.String()[:strings.LastIndex(noise.String()[:maxXML-1000], "<")]), "a", ""},
	})
}
