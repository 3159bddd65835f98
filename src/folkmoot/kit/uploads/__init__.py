"""What files may come in: told from their bytes, checked for being whole, pictures drawn anew, names made safe."""

from folkmoot.kit.uploads.examining import Examined, examine
from folkmoot.kit.uploads.kinds import ALL, KINDS, PICTURES, Family, Kind, kind_of_media_type
from folkmoot.kit.uploads.names import safe_name
from folkmoot.kit.uploads.sizes import size_in_words

__all__ = [
    "ALL",
    "KINDS",
    "PICTURES",
    "Examined",
    "Family",
    "Kind",
    "examine",
    "kind_of_media_type",
    "safe_name",
    "size_in_words",
]
