#!/usr/bin/env bash
# A workbook whose XML is indented cannot be read.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "python-calamine 0.9.1 (PyPI), which is the crate calamine" \
    Expected "OpenDocument 1.3: a table:table-row holds cells and no text, so white space between them means nothing; LibreOffice writes it with its option PrettyPrinting, pyexcel-ods3 0.6.1 (PyPI) reads it" \
    Matters "a merchant's product list that every office program opens is refused as damaged, with the inside of a parser as the reason"

install_python python-calamine==0.9.1 pyexcel-ods3==0.6.1
actual="$(python/bin/python <<'PY'
import zipfile

import pyexcel_ods3
import python_calamine

kind = "application/vnd.oasis.opendocument.spreadsheet"
names = "urn:oasis:names:tc:opendocument:xmlns:"
content = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="{names}office:1.0" xmlns:table="{names}table:1.0" xmlns:text="{names}text:1.0" office:version="1.3">
  <office:body>
    <office:spreadsheet>
      <table:table table:name="Products">
        <table:table-row>
          <table:table-cell office:value-type="string">
            <text:p>A-1</text:p>
          </table:table-cell>
          <table:table-cell office:value-type="float" office:value="19.99">
            <text:p>19.99</text:p>
          </table:table-cell>
        </table:table-row>
      </table:table>
    </office:spreadsheet>
  </office:body>
</office:document-content>"""
manifest = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="{names}manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
with zipfile.ZipFile("list.ods", "w") as file:
    file.writestr("mimetype", kind)
    file.writestr("content.xml", content)
    file.writestr("META-INF/manifest.xml", manifest)
print("pyexcel-ods3:", pyexcel_ods3.get_data("list.ods")["Products"][0])
try:
    print("python-calamine:", python_calamine.CalamineWorkbook.from_path("list.ods").get_sheet_by_index(0).to_python()[0])
except python_calamine.CalamineError as error:
    print("python-calamine:", error)
PY
)"
seen "an error instead of two cells" "pyexcel-ods3: ['A-1', 19.99]
python-calamine: Expecting 'table-cell', found 'Text(BytesText { content: Borrowed(\"\\n          \") })'" "$actual"
