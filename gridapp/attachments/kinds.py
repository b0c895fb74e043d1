"""What kind of file something is, by its own first bytes: a name can say anything.

The signatures are those of the formats' own standards: WHATWG MIME Sniffing (6.1 and 6.2) for pictures, sound and film,
ISO/IEC 14496-12 for the brands of MP4, RFC 4867 for AMR, ECMA-376 for Office files since 2007, MS-CFB for those before,
GB/T 33190 for OFD.
"""

import io
import zipfile
from dataclasses import dataclass

from gridapp.errors import UserError


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken.

    Attributes:
        mime: its media type, which goes on record.
        name: what it is called on screen.
        endings: those of its files, the usual one first.
        picture: what Pillow calls the format, if it is a picture.
    """

    mime: str
    name: str
    endings: tuple[str, ...]
    picture: str = ""


_JPEG = Kind("image/jpeg", "照片", (".jpg", ".jpeg", ".jpe", ".jfif"), "JPEG")
_PNG = Kind("image/png", "图片", (".png",), "PNG")
_WEBP = Kind("image/webp", "图片", (".webp",), "WEBP")
_GIF = Kind("image/gif", "图片", (".gif",), "GIF")
_BMP = Kind("image/bmp", "图片", (".bmp", ".dib"), "BMP")
_TIFF = Kind("image/tiff", "图片", (".tif", ".tiff"), "TIFF")
_PDF = Kind("application/pdf", "PDF", (".pdf",))
_OFD = Kind("application/ofd", "OFD", (".ofd",))
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_DOCX = Kind(f"{_OPEN_XML}wordprocessingml.document", "Word 文档", (".docx",))
_XLSX = Kind(f"{_OPEN_XML}spreadsheetml.sheet", "Excel 表格", (".xlsx",))
_PPTX = Kind(f"{_OPEN_XML}presentationml.presentation", "演示文稿", (".pptx",))
_DOC = Kind("application/msword", "Word 文档", (".doc", ".wps"))
_XLS = Kind("application/vnd.ms-excel", "Excel 表格", (".xls", ".et"))
_PPT = Kind("application/vnd.ms-powerpoint", "演示文稿", (".ppt", ".dps"))
_TEXT = Kind("text/plain", "文本", (".txt", ".csv", ".md", ".log"))
_MP4 = Kind("video/mp4", "视频", (".mp4", ".m4v", ".mov", ".3gp"))
_M4A = Kind("audio/mp4", "录音", (".m4a",))
_MP3 = Kind("audio/mpeg", "录音", (".mp3",))
_AMR = Kind("audio/amr", "录音", (".amr",))
_WAV = Kind("audio/wav", "录音", (".wav",))

KINDS = {
    one.mime: one
    for one in (
        *(_JPEG, _PNG, _WEBP, _GIF, _BMP, _TIFF),
        *(_PDF, _OFD, _DOCX, _XLSX, _PPTX, _DOC, _XLS, _PPT, _TEXT),
        *(_MP4, _M4A, _MP3, _AMR, _WAV),
    )
}
"""Every kind by its media type."""

PICTURES = tuple(one.picture for one in KINDS.values() if one.picture)
"""What Pillow calls the formats of pictures that are taken."""

_BEGINNINGS = (
    (b"\xff\xd8\xff", _JPEG),
    (b"\x89PNG\r\n\x1a\n", _PNG),
    (b"GIF87a", _GIF),
    (b"GIF89a", _GIF),
    (b"II*\0", _TIFF),
    (b"MM\0*", _TIFF),
    (b"#!AMR", _AMR),
    (b"ID3", _MP3),
)
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"L\0\0\0\x01\x14\x02",
)
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_FILMS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"MSNV", b"M4V ", b"qt  ")
_OPEN_XML_FOLDERS = (("word/", _DOCX), ("xl/", _XLSX), ("ppt/", _PPTX))
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_COMPOUND_STREAMS = (("WordDocument", _DOC), ("Workbook", _XLS), ("Book", _XLS), ("PowerPoint Document", _PPT))
_MACROS = "_VBA_PROJECT"
_ENCRYPTED = "EncryptedPackage"
_HEADER = 1024
"""PDF readers look for the first line of a PDF in so many bytes."""


def recognised(content: bytes, name: str) -> Kind:
    """The kind of a file.

    Args:
        name: what the file is called when it is refused; of a text, its ending has to say that it is one.

    Raises:
        UserError: it is of a kind that is not taken, among them every program and script.
    """
    if not content:
        raise UserError(f"“{name}”是空文件，没有添加。")
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    found = _by_structure(content, name)
    if found is not None:
        return found
    if content.startswith(_PROGRAMS):
        raise UserError(f"“{name}”是程序，不能添加。")
    if _is_text(content) and name.lower().endswith(_TEXT.endings):
        return _TEXT
    if content.startswith((*_ARCHIVES, b"PK")):
        raise UserError(f"“{name}”是压缩包或不完整的文件，请解压后添加里面的文件。")
    raise UserError(f"“{name}”不是可以添加的文件。可以添加照片、PDF、OFD、Word、Excel、文本、录音和视频。")


def _by_structure(content: bytes, name: str) -> Kind | None:
    """The kinds that more than the very first bytes tell."""
    if content.startswith(b"RIFF"):
        return {b"WEBP": _WEBP, b"WAVE": _WAV}.get(content[8:12])
    if content.startswith(b"BM") and len(content) > 26 and content[6:10] == bytes(4):
        return _BMP
    if content[4:8] == b"ftyp":
        return _in_boxes(content[8:12], name)
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content, name)
    if content.startswith(_COMPOUND):
        return _compound(content, name)
    if b"%PDF-" in content[:_HEADER]:
        return _PDF
    return _MP3 if _is_mp3_frame(content) else None


def _in_boxes(brand: bytes, name: str) -> Kind | None:
    if brand in _HEIC:
        raise UserError(f"“{name}”是 HEIC 照片，本机打不开。请在手机相机设置里选“兼容性最佳”，或转成 JPG 后再添加。")
    if brand in (b"M4A ", b"M4B "):
        return _M4A
    return _MP4 if brand in _FILMS or brand.startswith(b"3g") else None


def _zipped(content: bytes, name: str) -> Kind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, LookupError, NotImplementedError):
        return None
    if any(one.endswith("vbaProject.bin") for one in names):
        raise _has_macros(name)
    if "OFD.xml" in names:
        return _OFD
    if "[Content_Types].xml" not in names:
        return None
    return next((kind for folder, kind in _OPEN_XML_FOLDERS if any(one.startswith(folder) for one in names)), None)


def _compound(content: bytes, name: str) -> Kind | None:
    """A file of streams, which installers are as well; names of streams are UTF-16."""
    if _MACROS.encode("utf-16-le") in content:
        raise _has_macros(name)
    if _ENCRYPTED.encode("utf-16-le") in content:
        raise UserError(f"“{name}”设有密码，看不出里面是什么，没有添加。请去掉密码后再添加。")
    return next((kind for text, kind in _COMPOUND_STREAMS if text.encode("utf-16-le") in content), None)


def _has_macros(name: str) -> UserError:
    return UserError(f"“{name}”带有宏，可能是恶意程序，没有添加。请另存为不带宏的文件。")


def _is_mp3_frame(content: bytes) -> bool:
    """Whether a frame of MPEG layer III begins here: eleven bits set, the layer, then rates that are not reserved."""
    if len(content) < 4 or content[0] != 0xFF or content[1] & 0xE0 != 0xE0:
        return False
    version, layer = content[1] >> 3 & 3, content[1] >> 1 & 3
    return version != 1 and layer == 1 and content[2] >> 4 not in (0, 15) and content[2] >> 2 & 3 != 3


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decodes(content, "utf-16")
    return _decodes(content, "utf-8") or _decodes(content, "gb18030")


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text)
