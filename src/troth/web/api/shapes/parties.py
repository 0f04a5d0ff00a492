"""Parties, going in and coming out."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, StringConstraints

from troth.web.api.shapes.plain import Key, Told

Kind = Literal["customer", "staff", "team", "organisation"]
_PLAIN = r"^[^\x00-\x1f\x7f]*$"
Name = Annotated[str, StringConstraints(max_length=120, pattern=_PLAIN)]
Address = Annotated[str, StringConstraints(max_length=60, pattern=_PLAIN)]
Contact = Annotated[str, StringConstraints(max_length=200, pattern=_PLAIN)]
Lang = Annotated[str, StringConstraints(max_length=8, pattern=r"^[A-Za-z-]*$")]


class PartyIn(Told):
    """What a party is called and how it is reached; what is left out stays as it is."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "name_zh": "陈静",
                "address_zh": "陈女士",
                "contact": "138****1234",
                "lang": "zh",
            }
        }
    )

    kind: Kind | None = None
    name_zh: Name | None = None
    name_en: Name | None = None
    address_zh: Address | None = None
    address_en: Address | None = None
    contact: Contact | None = None
    lang: Lang | None = None
    house: Key | None = None


class PartyOut(Schema):
    """A party on record."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "key": "guest:chen", "kind": "customer", "name_zh": "陈静", "name_en": "Chen Jing",
                "address_zh": "陈女士", "address_en": "Ms Chen", "contact": "", "lang": "zh",
                "house": None, "team": None,
            }
        }
    )  # fmt: skip

    key: str
    kind: str
    name_zh: str
    name_en: str
    address_zh: str
    address_en: str
    contact: str
    lang: str
    house: str | None
    team: str | None


class PartyPage(Schema):
    """Some parties."""

    items: list[PartyOut]
    next: str | None
