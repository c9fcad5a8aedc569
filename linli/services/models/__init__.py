"""The rows of services, by what they record."""

from linli.services.models.aftercare import Kinship, Record, Review
from linli.services.models.applications import (
    Application,
    ApplicationManager,
    ApplicationQuerySet,
    Booking,
    BookingQuerySet,
    Certificate,
    Grant,
    LibraryCard,
    OfCase,
    Payment,
    ProofRefusal,
    Supplement,
    Visit,
)

__all__ = [
    "Application",
    "ApplicationManager",
    "ApplicationQuerySet",
    "Booking",
    "BookingQuerySet",
    "Certificate",
    "Grant",
    "Kinship",
    "LibraryCard",
    "OfCase",
    "Payment",
    "ProofRefusal",
    "Record",
    "Review",
    "Supplement",
    "Visit",
]
