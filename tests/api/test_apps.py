"""The built apps as the server hands them out."""

import re

import pytest

from tests.conftest import Api


@pytest.mark.parametrize("path", ["/svar", "/app/survey/", "/app/mobile/", "/app/leader/"])
async def test_a_page_is_asked_for_anew_and_what_it_names_is_kept(anonymous: Api, path: str) -> None:
    page = await anonymous.get(path)
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-cache"
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    named = re.findall(r'(?:src|href)="(/app/[^"]+)"', page.text)
    assert any(name.endswith(".js") for name in named)
    for name in named:
        found = await anonymous.get(name, headers={"Accept-Encoding": "gzip"})
        assert found.status_code == 200
        if "/assets/" in name:
            assert "immutable" in found.headers["cache-control"]
    assert "<script>" not in page.text


@pytest.mark.parametrize("path", ["/app/survey/nothing.js", "/app/nobody/", "/app/survey/..%2f..%2fmain.py"])
async def test_nothing_else_is_handed_out(anonymous: Api, path: str) -> None:
    answer = await anonymous.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
