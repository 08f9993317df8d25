"""Settings of an ISMS: the options of the plugin, wherever they are read from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import quote

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from isms_plugin.errors import SettingsError
from isms_plugin.model.cadence import Period, later
from isms_plugin.model.codes import CODES
from isms_plugin.model.diagnostic import Grade, Place


def _grade_word(value: Any) -> Any:
    # MkDocs reads YAML 1.1, where a bare `off` is false
    return "off" if value is False else value


def _day(value: Any) -> Any:
    return None if value == "" else value


def _period(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    first, mark, last = value.partition("..")
    if not value:
        return None
    try:
        period = Period(date.fromisoformat(first.strip()), date.fromisoformat(last.strip()))
    except ValueError:
        raise ValueError("should be two dates as YYYY-MM-DD..YYYY-MM-DD") from None
    if not mark or period.last < period.first:
        raise ValueError("should be two dates as YYYY-MM-DD..YYYY-MM-DD, the first not after the last")
    return period


GradeWord = Annotated[Literal["off", "info", "ofi", "minor", "major"], BeforeValidator(_grade_word)]


class Settings(BaseModel):
    """What an organization may set; every option has a default that works."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    policies: str = Field("policies", description="Folder of the controlled documents.")
    registers: str = Field("registers", description="Folder of the registers.")
    evidence: str = Field("evidence", description="Folder of the evidence files.")
    profiles: str = Field(
        "profiles", description="Folder of the profiles of packs that take the place of the program's own, or add to them."
    )
    as_of: Annotated[date | None, BeforeValidator(_day)] = Field(
        None, description="Date the site speaks of; default: `SOURCE_DATE_EPOCH`, else today."
    )
    publish: Literal["approved", "head"] = Field(
        "approved", description="Text of documents that readers see: the last approved one, or that of the repository."
    )
    baselines: str = Field("isms-*", description="Names of the tags that are baselines; `*` stands for any letters.")
    last_audit: str = Field("", description="Baseline of the last audit, where *since the last audit* begins; default: the newest before.")
    signatures: list[str] = Field([], description="Kinds of document whose approvals have to be signed; `all` stands for every kind.")
    review_rules: str = Field("", description="Evidence that shows how the platform enforces reviews.")
    ack_grace: int = Field(
        30, ge=0, le=365, description="Days that people have to acknowledge a document, from their first day or from its approval."
    )
    audited_period: Annotated[Period | None, BeforeValidator(_period)] = Field(
        None, description="Days that evidence has to cover, as `FROM..TO`; default: the twelve months up to the date of the site."
    )
    due_soon: int = Field(
        30, ge=0, le=365, description="Days before its day from which something counts as due soon, and evidence as expiring."
    )
    evaluation_interval: int = Field(
        12, ge=1, le=36, description="Months within which an internal audit and a management review have to take place."
    )
    minors_before_certificate: Literal["resolved", "planned"] = Field(
        "resolved", description="What the certification body asks of its minors: resolved with evidence, or a plan that it has accepted."
    )
    report_page: str = Field("", description="Page of the site, or address, where people report incidents and weaknesses.")
    evidence_lag: int = Field(
        30, ge=0, le=365, description="Days that may lie between the day evidence was taken and the commit that brought it in."
    )
    edit_url: str = Field("", description="Address of a source line, with `{path}` and `{line}`.")
    editor: Literal["", "vscode"] = Field("", description="Editor in which notes of `mkdocs serve` open a source line: `vscode`.")
    autolink: bool = Field(default=False, description="Whether bare control numbers such as A.8.13 become links.")
    codes: dict[str, GradeWord] = Field({}, description="Codes to re-grade or to turn off.")
    code_owners: str = Field("", description="Role or person that the platform asks about files that nobody owns; see `isms codeowners`.")
    known: str = Field("", description="File with diagnostics that are known and fail neither `isms check` nor a strict build.")
    fail_on: GradeWord = Field("minor", description="Lowest grade that fails `isms check` and a strict build.")
    page_limit: int = Field(500, ge=1, description="Entries up to which a register has a page for each; above, it is a paged table.")
    overlay: str = Field("", description="Private file with licensed titles or wording; shown in `serve` only.")
    publish_overlay: bool = Field(default=False, description="Whether `build` shows the private overlay as well; see your licence.")

    @property
    def regrade(self) -> dict[str, Grade]:
        """Grades that the organization gave to codes."""
        return {code: Grade.of(word) for code, word in self.codes.items()}

    @property
    def threshold(self) -> Grade:
        """Lowest grade that fails a check."""
        return Grade.of(self.fail_on)

    def period(self, today: date) -> Period:
        """Return the audited period: the one that is set, else the twelve months that end on a day."""
        return self.audited_period or Period(later(today, -12) + timedelta(days=1), today)

    def source_url(self, place: Place) -> str:
        """Return the address where a source line is changed, empty when none is set."""
        if not self.edit_url or not place.path:
            return ""
        return self.edit_url.replace("{path}", quote(place.path)).replace("{line}", str(place.line or 1))


def read_settings(options: dict[str, Any]) -> Settings:
    """Make settings of plain options; raises SettingsError naming every option that has no meaning."""
    try:
        settings = Settings.model_validate(options)
    except ValidationError as error:
        told = (f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise SettingsError("isms settings: " + "; ".join(told)) from None
    unknown = sorted(set(settings.codes) - set(CODES))
    if unknown:
        raise SettingsError(f"isms settings: codes: no such code: {', '.join(unknown)}")
    return settings
