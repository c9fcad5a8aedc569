"""Our own line drawings on a 24-unit field, one stroke width, and the mark: two doors facing one courtyard."""

from __future__ import annotations

ICONS: dict[str, str] = {
    "apply": '<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4M9 12h6M9 16h4"/>',
    "speak": '<path d="M4 5h16v11h-9l-5 4v-4H4z"/><path d="M8 9h8M8 12h5"/>',
    "decide": '<path d="M4 20h16M6 20v-8h12v8"/><path d="m9 8 2 2 4-5M10 15h4"/>',
    "open": '<rect x="3" y="4" width="18" height="12" rx="1"/><path d="M7 8h10M7 12h6M12 16v4M8 20h8"/>',
    "calendar": '<rect x="4" y="5" width="16" height="15" rx="1"/><path d="M4 10h16M8 3v4M16 3v4"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 21c.7-4.7 3.6-7 8-7s7.3 2.3 8 7"/>',
    "people": '<circle cx="8.5" cy="9" r="3"/><path d="M3 19c.4-3.5 2.5-5.5 5.5-5.5S13.6 15.5 14 19"/>'
    '<circle cx="16.5" cy="8" r="2.5"/><path d="M16 13c3 0 4.7 1.8 5 5"/>',
    "home": '<path d="M3 12 12 4l9 8M6 10v10h12V10"/><path d="M10 20v-6h4v6"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5.5 5.5"/>',
    "phone": '<path d="M6 3h4l1.5 5L9 10c1 2.5 2.5 4 5 5l2-2.5 5 1.5v4c0 1.5-1 2-2 2C11 20 4 13 4 5c0-1 1-2 2-2z"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
    "bell": '<path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15z"/><path d="M10 21h4"/>',
    "camera": '<path d="M3 7h4l2-3h6l2 3h4v12H3z"/><circle cx="12" cy="13" r="3.5"/>',
    "paper": '<path d="M6 3h12v18l-3-2-3 2-3-2-3 2z"/><path d="M9 8h6M9 12h6"/>',
    "print": '<path d="M7 8V3h10v5M7 17H4V8h16v9h-3"/><path d="M7 14h10v7H7z"/>',
    "download": '<path d="M12 3v12M7 11l5 5 5-5M4 20h16"/>',
    "upload": '<path d="M12 16V4M7 8l5-5 5 5M4 20h16"/>',
    "check": '<path d="m4 13 5 5L20 6"/>',
    "cross": '<path d="M5 5l14 14M19 5 5 19"/>',
    "warn": '<path d="M12 3 2 20h20z"/><path d="M12 10v5M12 17.5v.5"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7v.5"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="1"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "eye": '<path d="M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7S5 17 2 12z"/><circle cx="12" cy="12" r="3"/>',
    "pen": '<path d="m4 20 1-5L16 4l4 4L9 19z"/><path d="m14 6 4 4"/>',
    "plus": '<path d="M12 4v16M4 12h16"/>',
    "arrow": '<path d="M4 12h15M13 6l6 6-6 6"/>',
    "back": '<path d="M20 12H5M11 6l-6 6 6 6"/>',
    "filter": '<path d="M3 5h18l-7 8v6l-4 2v-8z"/>',
    "sound": '<path d="M4 9h4l5-5v16l-5-5H4z"/><path d="M16 8.5c2 2 2 5 0 7M18.5 6c3.5 3.5 3.5 8.5 0 12"/>',
    "stop": '<rect x="6" y="6" width="12" height="12" rx="1"/>',
    "place": '<path d="M12 21c-5-6-7-9-7-12a7 7 0 0 1 14 0c0 3-2 6-7 12z"/><circle cx="12" cy="9" r="2.5"/>',
    "money": '<circle cx="12" cy="12" r="9"/><path d="m8 7 4 5 4-5M12 12v6M8.5 12h7M8.5 15h7"/>',
    "scale": '<path d="M12 3v18M7 21h10M4 7l8-2 8 2M4 7l-2 6h4.5zM20 7l-2.5 6H22z"/>',
    "shield": '<path d="M12 3 4 6v6c0 5 3.5 7.5 8 9 4.5-1.5 8-4 8-9V6z"/><path d="m8.5 12 2.5 2.5 4.5-5"/>',
    "link": '<path d="M9 8H6a4 4 0 0 0 0 8h3M15 8h3a4 4 0 0 1 0 8h-3M8 12h8"/>',
    "history": '<path d="M4 5v5h5"/><path d="M4.5 10a8 8 0 1 1-.3 4M12 8v4.5l3 1.5"/>',
    "menu": '<path d="M4 6h16M4 12h16M4 18h16"/>',
    "leave": '<path d="M10 4H5v16h5M14 8l4 4-4 4M18 12H9"/>',
    "type": '<path d="M3 19 9 5l6 14M5.5 14h7M15.5 19l3-8 3 8M16.5 16.5h4"/>',
    "book": '<path d="M4 5c3-1 6-.5 8 1.5V20c-2-2-5-2.5-8-1.5zM20 5c-3-1-6-.5-8 1.5V20c2-2 5-2.5 8-1.5z"/>',
    "chart": '<path d="M4 20h16M7 20v-7M12 20V5M17 20v-10"/>',
}

# Two open door leaves under one roof; between them the path, and the tree of the courtyard.
MARK = (
    '<path class="mark-roof" d="M2.5 9.5 16 3l13.5 6.5" fill="none" stroke="currentColor" '
    'stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/>'
    '<path class="mark-left" d="M4 11.5l8.5 2.5v11.5L4 29z"/>'
    '<path class="mark-right" d="M28 11.5l-8.5 2.5v11.5L28 29z"/>'
    '<circle class="mark-tree" cx="16" cy="17.5" r="2.2"/>'
    '<path d="M16 19.5V25" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round"/>'
)
