#!/bin/sh
# Builds assets/font/*.woff2 from the two families as their makers publish them on npm.
# Wants npm, and Debian's fonttools and python3-brotli. The outcome is committed:
# run this only to change the letters, the weights or the version.
#
# Each family becomes three files, fetched by a browser only when a page has a letter of theirs:
# latin (English and Azerbaijani together, so that kerning crosses no file), latin-ext, cyrillic.
# One axis stays, the weight from 400 to 700; the optical size is pinned.
#
# Source Serif reserves the word "Source" for unmodified fonts: the name inside ours is Chronicle Serif.
set -eu
python=${PYTHON:-/usr/bin/python3} # the one Debian's packages belong to
export SOURCE_DATE_EPOCH=1767225600 # the same bytes on every run
cd "$(dirname "$0")/.."
out=$PWD/assets/font
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

basic=U+0020-007E,U+00A0-00FF
azerbaijani=U+018F,U+0259,U+011E-011F,U+0130-0131,U+015E-015F
signs=U+02BC,U+0307,U+0152-0153,U+2009-200A,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,U+2030,U+2032-2033,U+2039-203A,U+20AC,U+20BC-20BD,U+2122,U+2190-2193,U+2212,U+2248,U+2260,U+2264-2265,U+2713,U+2717
latin=$basic,$azerbaijani,$signs
latin_ext=U+0100-011D,U+0120-012F,U+0132-0151,U+0154-015D,U+0160-017F,U+0218-021B
cyrillic=U+0301,U+0400-045F,U+0490-0493,U+049C-049D,U+04AE-04AF,U+04B8-04BB,U+04D8-04D9,U+04E8-04E9,U+2116

(cd "$work" && npm pack --silent source-serif@4.5.1 inter-ui@4.1.1 >/dev/null)
for archive in "$work"/*.tgz; do
	mkdir "$archive.d" && tar xzf "$archive" -C "$archive.d"
done

# family FONT NAME OPTICAL-SIZE
family() {
	"$python" -m fontTools varLib.instancer --quiet -o "$work/$2.ttf" "$1" opsz="$3" wght=400:700
	for part in latin latin-ext cyrillic; do
		case $part in
		latin) letters=$latin ;;
		latin-ext) letters=$latin_ext ;;
		*) letters=$cyrillic ;;
		esac
		"$python" -m fontTools.subset "$work/$2.ttf" --unicodes="$letters" --output-file="$work/$2-$part.ttf" \
			--layout-features=ccmp,locl,kern,mark,mkmk,liga,tnum,pnum,lnum,onum \
			--desubroutinize --no-hinting --drop-tables+=DSIG,STAT,MVAR --name-IDs=0,1,2,3,4,6,13,14
		"$python" - "$work/$2-$part.ttf" "$out/$2-$part.woff2" <<'PYTHON'
import sys
from fontTools.ttLib import TTFont
font = TTFont(sys.argv[1], recalcTimestamp=False)
for record in list(font["name"].names):
    if record.nameID in (1, 3, 4, 6) and "Source" in record.toUnicode():
        name = "ChronicleSerif" if record.nameID in (3, 6) else "Chronicle Serif"
        font["name"].setName(name, record.nameID, record.platformID, record.platEncID, record.langID)
font.flavor = "woff2"
font.save(sys.argv[2])
PYTHON
	done
}
family "$work/source-serif-4.5.1.tgz.d/package/VAR/SourceSerif4Variable-Roman.ttf" source-serif-4 20
family "$work/inter-ui-4.1.1.tgz.d/package/variable/InterVariable.woff2" inter 14
cp "$work/source-serif-4.5.1.tgz.d/package/LICENSE.md" "$out/source-serif-4-OFL.txt"
cp "$work/inter-ui-4.1.1.tgz.d/package/LICENSE.txt" "$out/inter-OFL.txt"
chmod 644 "$out"/*
ls -l "$out"
