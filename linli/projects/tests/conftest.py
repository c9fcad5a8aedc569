import pytest

from linli.projects.tests import story as telling


@pytest.fixture
def story(published, village):
    """A project that Helin has applied for."""
    return telling.begin(village)
