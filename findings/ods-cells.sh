#!/usr/bin/env bash
# Two readers of ODS: words grow together at a line break, and a price becomes a text.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "python-calamine 0.9.1 (calamine) and pyexcel-ods3 0.6.1, both PyPI" \
    Expected "OpenDocument 1.3 part 3: text:line-break is a line break, text:tab a tab (6.1.5, 6.1.4); a cell of value-type currency has a number in office:value (19.385)" \
    Matters "descriptions and addresses of a product list are imported as 'twothree'; prices formatted as money in one column are texts that no sum takes, with the code of the currency in them"

install_python python-calamine==0.9.1 pyexcel-ods3==0.6.1
actual="$(python/bin/python <<'PY'
import zipfile

import pyexcel_ods3
import python_calamine

kind = "application/vnd.oasis.opendocument.spreadsheet"
names = "urn:oasis:names:tc:opendocument:xmlns:"
# Without breaks between the cells: see ods-indented.sh.
content = "".join(f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="{names}office:1.0" xmlns:table="{names}table:1.0" xmlns:text="{names}text:1.0" office:version="1.3">
<office:body><office:spreadsheet><table:table table:name="Products"><table:table-row>
<table:table-cell office:value-type="string"><text:p>one<text:line-break/>two<text:tab/>three</text:p></table:table-cell>
<table:table-cell office:value-type="currency" office:currency="EUR" office:value="1299.5"><text:p>1.299,50 €</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>""".splitlines())
manifest = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="{names}manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
with zipfile.ZipFile("list.ods", "w") as file:
    file.writestr("mimetype", kind)
    file.writestr("content.xml", content)
    file.writestr("META-INF/manifest.xml", manifest)
print("calamine:", python_calamine.CalamineWorkbook.from_path("list.ods").get_sheet_by_index(0).to_python()[0])
print("pyexcel-ods3:", pyexcel_ods3.get_data("list.ods")["Products"][0])
PY
)"
seen "the break in calamine, the price in pyexcel-ods3" "calamine: ['onetwothree', 1299.5]
pyexcel-ods3: ['one\\ntwo\\tthree', '1299.5 EUR']" "$actual"
