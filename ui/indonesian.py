"""Makes Qt itself speak Indonesian: it ships no such translation, so what it draws itself gets our words."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication


class Indonesian(QTranslator):
    """Translates Qt's own texts; a text that it does not know stays as it is."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self,
        context: bytes | bytearray | memoryview | str,
        sourceText: bytes | bytearray | memoryview | str,
        disambiguation: bytes | bytearray | memoryview | str | None = None,
        n: int = -1,
    ) -> str:
        # Nothing of Qt's own is shown in the first frame.
        from ui.indonesian_words import BY_CONTEXT, PAPERS, WITHOUT_KEYS, WORDS

        source = _text(sourceText)
        if _text(context) == "QPageSize" and source not in WORDS:
            return " ".join(PAPERS.get(word, word) for word in source.split(" "))
        special = BY_CONTEXT.get(_text(context))
        if special and source in special:
            return special[source]
        return WORDS.get(source) or WITHOUT_KEYS.get(source.replace("&", ""), source)


def install(app: QApplication) -> Indonesian:
    """Set numbers and dates to id-ID and give Qt our words. The translator lives as long as the application."""
    QLocale.setDefault(QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia))
    translator = Indonesian(app)
    app.installTranslator(translator)
    return translator


def _text(text: bytes | bytearray | memoryview | str) -> str:
    return text if isinstance(text, str) else bytes(text).decode("utf-8")
