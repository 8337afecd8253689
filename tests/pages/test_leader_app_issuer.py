"""The leader's page signs in at an issuer on another origin, as a municipality's is."""

from typing import Any

from api.access.issuers import Issuer
from tests.conftest import TODAY, Api, World, serving
from tests.oidc.conftest import RealIssuer, issuer
from tests.pages.apps import DESK, device

__all__ = ["issuer"]  # the fixture


async def test_somebody_signs_in_elsewhere_and_sees_the_own_unit(
    world: World,
    admin: Api,
    issuer: RealIssuer,
    browser: Any,
) -> None:
    await admin.post("/v1/areas", json={"external_id": "ost", "name": "Øst"})
    for key in ("sol", "maane"):
        unit = {"external_id": key, "name": key.title(), "setting_type": "nursery", "area_external_id": "ost"}
        await admin.post("/v1/units", json=unit)
        await admin.post("/v1/rooms", json={"external_id": key, "name": f"Stue {key}", "unit_external_id": key})
    configured = Issuer.model_validate(
        {
            "issuer": issuer.address, "name": "Kommunens login", "client_id": "vls-leder", "municipality_id": world.id,
            "roles": {"vls-leder": "leader"},
        }
    )  # fmt: skip
    await issuer.ask(person={"sub": "anna", "aud": "vls-leder", "roles": ["vls-leder"], "vls_places": ["sol"]})
    settings = world.settings.model_copy(update={"oidc_issuers": (configured,)})
    with serving(settings, today=lambda: TODAY) as url:
        async with device(browser, url, size=DESK, on=None) as context:
            page = await context.new_page()
            await page.goto("/app/leader/")
            await page.get_by_role("button", name="Log ind med Kommunens login").click()
            await page.get_by_role("link", name="Stue sol").wait_for()
            assert await page.get_by_role("link", name="Stue maane").count() == 0
            assert "code" not in page.url
            forms: list[str] = []
            page.on("request", lambda request: forms.append(request.post_data or ""))
            await page.evaluate("""() => {
                const held = JSON.parse(sessionStorage['vls-session']);
                sessionStorage['vls-session'] = JSON.stringify({...held, until: Date.now() + 80_000});
            }""")  # as if an hour had gone
            await page.reload()
            await page.get_by_role("link", name="Stue sol").wait_for()
            while await page.evaluate("JSON.parse(sessionStorage['vls-session']).until - Date.now()") < 600_000:
                await page.wait_for_timeout(100)
            assert any("grant_type=refresh_token" in form for form in forms)
