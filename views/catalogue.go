package views

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Catalogue holds the texts of the interface by language.
type Catalogue struct {
	bundle *i18n.Bundle
	words  map[language.Tag]*Words
	tags   []language.Tag
}

// LoadCatalogue reads the files active.LANGUAGE.json of a folder.
func LoadCatalogue(files fs.FS) (*Catalogue, error) {
	c := &Catalogue{bundle: i18n.NewBundle(language.English), words: map[language.Tag]*Words{}}
	c.bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	names, err := fs.Glob(files, "active.*.json")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		file, err := c.bundle.ParseMessageFileBytes(text, path.Base(name))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		c.add(file)
	}
	if c.words[language.English] == nil {
		return nil, fmt.Errorf("the message catalogue has no English")
	}
	return c, nil
}

func (c *Catalogue) add(file *i18n.MessageFile) {
	w := &Words{lang: file.Tag.String(), plain: map[string]string{}, simple: map[string]messagePattern{}}
	w.localizer = i18n.NewLocalizer(c.bundle, file.Tag.String(), "en")
	for _, m := range file.Messages {
		if m.One == "" && !strings.Contains(m.Other, "{{") {
			w.plain[m.ID] = m.Other
		} else if m.One == "" {
			w.simple[m.ID] = parseMessage(m.Other)
		}
	}
	c.words[file.Tag] = w
	c.tags = append(c.tags, file.Tag)
}

// Match returns the best language for an Accept-Language header, or English when none matches.
func (c *Catalogue) Match(accept string) *Words {
	if len(c.tags) == 1 || len(accept) > maxAccept {
		return c.English()
	}
	wanted, _, err := language.ParseAcceptLanguage(accept)
	if err != nil {
		return c.English()
	}
	_, at, sure := language.NewMatcher(c.tags).Match(wanted...)
	if sure == language.No {
		return c.English()
	}
	return c.words[c.tags[at]]
}

// maxAccept is the longest Accept-Language header considered, in bytes.
const maxAccept = 500

// English returns the texts in English, the language that has every message.
func (c *Catalogue) English() *Words { return c.words[language.English] }

// Words holds the texts of one language.
type Words struct {
	lang      string
	localizer *i18n.Localizer
	plain     map[string]string         // messages without placeholders
	simple    map[string]messagePattern // messages without plural forms
}

// messagePattern is a message split at its placeholders: even elements are text, odd ones are names. Most messages
// are this simple, and a template would be a hundred times slower.
type messagePattern []string

var slotPattern = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

func parseMessage(text string) messagePattern {
	var p messagePattern
	last := 0
	for _, at := range slotPattern.FindAllStringSubmatchIndex(text, -1) {
		p = append(p, text[last:at[0]], text[at[2]:at[3]])
		last = at[1]
	}
	return append(p, text[last:])
}

func (p messagePattern) fill(value func(name string) any) string {
	var b strings.Builder
	for i, part := range p {
		if i%2 == 1 {
			part = fmt.Sprint(value(part))
		}
		b.WriteString(part)
	}
	return b.String()
}

// Lang returns the language tag.
func (w *Words) Lang() string { return w.lang }

// T returns a message; pairs are names and values of its placeholders. An unknown key is returned unchanged, which
// a test detects.
func (w *Words) T(key string, pairs ...any) string {
	if text, ok := w.plain[key]; ok {
		return text
	}
	if p, ok := w.simple[key]; ok {
		return p.fill(func(name string) any { return paired(pairs, name) })
	}
	return w.localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: messageData(pairs)})
}

// paired finds a value by its name.
func paired(pairs []any, name string) any {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == name {
			return pairs[i+1]
		}
	}
	return ""
}

// N returns a message in the plural form for n, which it can use as {{.N}}.
func (w *Words) N(key string, n int, pairs ...any) string {
	data := messageData(pairs)
	data["N"] = n
	return w.localize(&i18n.LocalizeConfig{MessageID: key, PluralCount: n, TemplateData: data})
}

// TextWith is T with the values in a map.
func (w *Words) TextWith(key string, args map[string]any) string {
	if text, ok := w.plain[key]; ok {
		return text
	}
	if p, ok := w.simple[key]; ok {
		return p.fill(func(name string) any { return args[name] })
	}
	return w.localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: args})
}

func (w *Words) localize(cfg *i18n.LocalizeConfig) string {
	text, err := w.localizer.Localize(cfg)
	if err != nil && text == "" {
		return cfg.MessageID
	}
	return text
}

func messageData(pairs []any) map[string]any {
	data := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		data[pairs[i].(string)] = pairs[i+1]
	}
	return data
}
