"""Documents that are zip archives of XML: their parts, without what could harm or fill the machine."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from xml.etree.ElementTree import Element

from ipscoding.errors import FileProblem
from ipscoding.i18n import _

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MOST_PARTS = 10_000
_LARGEST_PART = 40 * 1024 * 1024
_MOST_ELEMENTS = 500_000


class Archive:
    """The parts of a document that is a zip archive; `name` is the file's name, for messages."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises `FileProblem` for a file that is no zip archive, is damaged, encrypted or unpacks to too much."""
        if data.startswith(_OLE):
            raise _encrypted(name) if _ENCRYPTED_PACKAGE in data else _old_format(name)
        self.name = name
        with damage_told(name):
            self._zip = zipfile.ZipFile(BytesIO(data))
        entries = self._zip.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise _encrypted(name)
        if len(entries) > _MOST_PARTS:
            raise _too_large(name)
        self.parts = frozenset(entry.filename for entry in entries)

    def xml(self, part: str) -> Element | None:
        """The XML of a part; None where there is no such part.

        Raises `FileProblem` where it is damaged, unpacks to too much, or declares entities, as no document needs to.
        """
        if part not in self.parts:
            return None
        with damage_told(self.name):
            if self._zip.getinfo(part).file_size > _LARGEST_PART:
                raise _too_large(self.name)
            root = parse_xml(self._zip.read(part), self.name)
            if sum(1 for _element in root.iter()) > _MOST_ELEMENTS:
                raise _too_large(self.name)
            return root


def parse_xml(data: bytes, name: str) -> Element:
    """The root of XML that declares no entities; `name` is the file's name, for messages.

    Raises `FileProblem` where it is not well-formed or has a document type, which could read other files or grow
    without end.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    with damage_told(name):
        try:
            root: Element = fromstring(data, forbid_dtd=True)
        except DefusedXmlException as error:
            raise FileProblem(
                _("{file} declares a document type or entities, which no transcript needs").format(file=name),
                _("Open it in the program it was written with and save it again"),
            ) from error
    return root


@contextmanager
def damage_told(name: str) -> Iterator[None]:
    """Whatever a damaged file makes a library raise is told as a `FileProblem` about the file `name`."""
    try:
        yield
    except FileProblem:
        raise
    except Exception as error:  # libraries raise nearly every kind of error for damaged files
        raise FileProblem(
            _("{file} is damaged or not of the kind that its name says").format(file=name),
            _("Open it in the program it was written with and save it again"),
        ) from error


def _encrypted(name: str) -> FileProblem:
    return FileProblem(
        _("{file} is protected by a password").format(file=name),
        _("Save it without the password, or as plain text, and import that"),
    )


def _old_format(name: str) -> FileProblem:
    return FileProblem(
        _("{file} is in the format of an old Word (.doc), whatever its name says").format(file=name),
        _("Open it in Word or LibreOffice and save it as .docx"),
    )


def _too_large(name: str) -> FileProblem:
    return FileProblem(
        _("{file} unpacks to far more than any interview holds").format(file=name),
        _("Check that it is a transcript; save it without pictures, or as plain text"),
    )
