"""A problem as a page, for somebody who opened a link in a browser: what happened and what to do, in both languages."""

from html import escape

from starlette.responses import HTMLResponse

from api.wire import Sentences

_STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;color:#1d2a33;background:#fff;max-width:34rem;margin:15vh auto;"
    "padding:0 1.5rem}"
    "h1{font-size:1.4rem;line-height:1.3}p{color:#4d5b66}"
    "@media(prefers-color-scheme:dark){body{color:#e8edf0;background:#14191d}p{color:#a9b6bf}}"
)
_PAGE = (
    '<!doctype html><html lang="da"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>Vi lærer sammen</title><style>{style}</style>"
    '<main><h1>{da}</h1><p lang="en">{en}</p></main></html>'
)
_GUARD = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


def problem_page(said: Sentences, *, status: int) -> HTMLResponse:
    page = _PAGE.format(style=_STYLE, da=escape(said.da), en=escape(said.en))
    return HTMLResponse(page, status, headers=_GUARD)
