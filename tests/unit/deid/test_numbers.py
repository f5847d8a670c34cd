"""Numbers of records, insurance, accounts, licenses, vehicles and cases."""

import pytest

from groupnotes.deid import Category
from groupnotes.deid.circumstances import SHARED
from groupnotes.deid.folding import fold
from groupnotes.deid.identifiers import identifiers_in
from tests.support.marks import assert_blocked

SSN = [
    "SSN {123-45-6789}",
    "social {123 45 6789}",
    "ss# {123456789}",
    "last four of social {6789}",
    "social security number is {123.45.6789}",
    "{xxx-xx-6789}",
    "soc sec {123-45-6789}",
    "last 4 SSN {6789}",
    "social ending in {6789}",
    "SSN: ***-**-{6789}",
]

MRN = [
    "MRN {12345678}",
    "MRN# {1234-567}",
    "medical record number {A1234567}",
    "chart # {44103}",
    "chart no. {44103}",
    "Chart {441032}",
    "med rec {0012345}",
    "patient ID {88231-A}",
    "pt # {88231}",
    "MRN: {00-12-34}",
    "Epic ID {E1234567}",
    "client ID {88231}",
    "record number {123456}",
    "Mrn is {1237058}",
]

MEMBER_ID = [
    "member ID {XYZ123456789}",
    "Medicaid # {12345678A}",
    "Medicare {1EG4-TE5-MK73}",
    "policy {X247063034}",
    "insurance ID {W12345678}",
    "subscriber no. {998877665}",
    "BCBS {XYP123456789}",
    "Aetna member {W1234 56789}",
    "group number {7654321}",
    "Rx BIN {610014}",
    "MBI {1EG4TE5MK73}",
    "Medi-Cal {91234567A}",
    "prior auth {A12345678}",
]

ACCOUNT = [
    "account {1234567890}",
    "acct # {00123-44}",
    "card {4111 1111 1111 1111}",
    "card ending in {4417}",
    "routing number {021000021}",
    "EBT card {5076 1234 5678 9012}",
    "PIN is {4471}",
    "debit card last four {4417}",
    "invoice {88123-A}",
    "order #{112-7788990}",
    "{4111-1111-1111-1111}",
    "bank account no. is {000123456789}",
    "confirmation code {AB12CD}",
]

LICENSE = [
    "license {S201-3011-6339}",
    "DL {D7343978}",
    "driver's license number {D123-4567-8901}",
    "license no. {LPC-80572}",
    "{RN327272}",
    "lic. {674963}",
    "passport {A12345678}",
    "DEA {AB1234567}",
    "NPI {1234567893}",
    "green card {A123456789}",
    "CDL {B9876543}",
    "nurse license {RN 327272}",
    "state ID {90817263}",
    "student ID {00912345}",
    "LCSW {12345}",
    "badge {4471}",
]

PLATE = [
    "plate {GHT 783}",
    "license plate {4KLT471}",
    "tag number {RWB-1235}",
    "plates read {ABC 1234}",
    "tag {8XYZ123}",
    "plate: {7ABC123}",
    "car with plate {HJK-22}",
    "license plate number is {123 ABC}",
    "tags {ABC1234}",
    "plate # {KLM 4410}",
    "the plate was {22-JKL}",
]

VIN = [
    "VIN {1HGCM82633A004352}",
    "{1HGCM82633A004352}",
    "vin ending {A004352}",
    "VIN number: {JUKTW30RTCMPP27SR}",
]

DEVICE = [
    "serial {SN18-X7052}",
    "insulin pump serial no. {3374-AX-18}",
    "ankle monitor {GPS44871}",
    "device ID {AA-99123}",
    "pacemaker model {W1DR01} serial {ABC123456}",
    "IMEI {356938035643809}",
    "CPAP serial # {22145-B}",
    "S/N {X99-1022}",
    "MAC {00:1B:44:11:3A:B7}",
    "interlock device {L88-2210}",
]

CASE = [
    "case no. {25-9386}",
    "docket {2022-CR-51653}",
    "case #{553922}",
    "case number {24CV001234}",
    "claim {55-1234-88}",
    "inmate {A1234567}",
    "inmate number {88231}",
    "warrant {W-22-1134}",
    "{23-CR-01544}",
    "CPS case {8812345}",
    "police report {24-118822}",
    "citation {T1122334}",
    "docket no. {FA-22-1234567}",
    "booking # {2211445}",
    "petition {JV-2023-114}",
    "workers' comp claim {WC-778812}",
    "cause no. {D-1-GN-22-001234}",
    "case {24-118}",
    "CDCR {AB1234}",
]

FOUND = [
    *((Category.SSN, sentence) for sentence in SSN),
    *((Category.MRN, sentence) for sentence in MRN),
    *((Category.MEMBER_ID, sentence) for sentence in MEMBER_ID),
    *((Category.ACCOUNT, sentence) for sentence in ACCOUNT),
    *((Category.LICENSE, sentence) for sentence in LICENSE),
    *((Category.PLATE, sentence) for sentence in PLATE),
    *((Category.VIN, sentence) for sentence in VIN),
    *((Category.DEVICE, sentence) for sentence in DEVICE),
    *((Category.CASE, sentence) for sentence in CASE),
]


class TestFound:
    @pytest.mark.parametrize(("category", "sentence"), FOUND)
    @pytest.mark.parametrize("written", [str, str.lower, str.upper], ids=["as", "low", "high"])
    def test_every_letter_is_found_and_blocks(
        self, category: Category, sentence: str, written: type[str]
    ) -> None:
        assert_blocked(category, sentence, written)


class TestPlateOfLetters:
    def test_capitals_tell_it_from_a_word(self) -> None:
        text = "Her plate reads GOFAST, and she does."

        (finding,) = identifiers_in(text, fold(text), SHARED)

        assert text[finding.start : finding.end] == "GOFAST"
        assert finding.category is Category.PLATE

    @pytest.mark.parametrize("text", ["her plate reads gofast", "HER PLATE READS GOFAST", "plate"])
    def test_without_them_it_is_left_alone(self, text: str) -> None:
        assert list(identifiers_in(text, fold(text), SHARED)) == []
