"""The content-security policy that every answer carries."""

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from linli.config.policy import ContentSecurityPolicy


def test_the_policy_allows_nothing_inline_without_the_nonce_of_this_answer():
    seen = []

    def remember(request: HttpRequest) -> HttpResponse:
        seen.append(request.csp_nonce)  # type: ignore[attr-defined]
        return HttpResponse()

    guard = ContentSecurityPolicy(remember)
    first, second = (guard(RequestFactory().get("/")) for _ in range(2))
    policy = first["Content-Security-Policy"]
    assert "unsafe" not in policy and "*" not in policy and "http:" not in policy
    assert f"'nonce-{seen[0]}'" in policy and seen[0] != seen[1]
    for part in ("default-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "object-src 'none'"):
        assert part in policy
    assert second["Cross-Origin-Opener-Policy"] == "same-origin"
