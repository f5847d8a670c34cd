"""Codes that a claim for a group session carries: what was done, and where; pure."""

from __future__ import annotations

import re

# CPT or HCPCS level II, then up to two modifiers: 90853, H0005, H0004-HQ, 90853-95.
_SERVICE_CODE = re.compile(r"(?:[0-9]{5}|[A-V][0-9]{4})(?:-[A-Z0-9]{2}){0,2}")
_BETWEEN = re.compile(r"[\s,-]+")

# CMS place-of-service codes where groups meet.
PLACES = {
    "02": "Telehealth, client not at home",
    "03": "School",
    "04": "Homeless shelter",
    "10": "Telehealth, client at home",
    "11": "Office",
    "12": "Home",
    "14": "Group home",
    "15": "Mobile unit",
    "19": "Off-campus outpatient hospital",
    "21": "Inpatient hospital",
    "22": "On-campus outpatient hospital",
    "31": "Skilled nursing facility",
    "49": "Independent clinic",
    "50": "Federally qualified health center",
    "51": "Inpatient psychiatric facility",
    "52": "Psychiatric facility, partial hospitalization",
    "53": "Community mental health center",
    "55": "Residential substance abuse treatment facility",
    "56": "Psychiatric residential treatment center",
    "57": "Non-residential substance abuse treatment facility",
    "58": "Non-residential opioid treatment facility",
    "71": "Public health clinic",
    "72": "Rural health clinic",
    "99": "Other place of service",
}


def service_code(typed: str) -> str:
    """Write a service code one way: capitals, hyphens before the modifiers."""
    return _BETWEEN.sub("-", typed.strip().upper())


def problems(service_code: str, place_of_service: str) -> dict[str, str]:
    """Return one sentence for each code that is none."""
    found = {}
    if not _SERVICE_CODE.fullmatch(service_code):
        found["service_code"] = (
            "Type a CPT or HCPCS code, such as 90853 or H0005; modifiers follow a hyphen: 90853-95."
        )
    if place_of_service not in PLACES:
        found["place_of_service"] = "Choose where the service takes place."
    return found
