"""Data only: icons, styles, translations, default texts, templates."""
