"""Messages drawn as a phone shows them, from the very text, entities and keyboard that are sent.

`sent` takes apart what is sent, `script` knows directions and breaks, `faces` the fonts; `lines`
set text, `layout` puts everything in its place, and `paint` draws it. Needs an extra to install.
"""

EXTRA = "drawing needs an extra: pip install 'verbatim-bot[preview]'"
