"""The same acts on an S3-compatible store."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws
from pytest_django import Settings

from gongkai.audit.enums import ActorKind
from gongkai.audit.rules import Actor
from gongkai.files import selectors, services
from gongkai.files.models import File
from gongkai.files.rules import storage_path

from . import honest

pytestmark = pytest.mark.one_database
ACTOR = Actor(ActorKind.USER, "7")


@pytest.fixture
def bucket(settings: Settings, folder: object) -> Iterator[object]:
    options = {"bucket_name": "files", "access_key": "a", "secret_key": "b", "region_name": "us-east-1"}
    settings.STORAGES = settings.STORAGES | {
        "files": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options | {"default_acl": None}}
    }
    with mock_aws():
        made = boto3.resource("s3", region_name="us-east-1").Bucket("files")
        made.create()
        yield made


@pytest.mark.django_db
def test_files_are_kept_read_shown_released_and_swept(bucket: object) -> None:
    content = honest.pdf(Author="示例承办人甲")
    file = services.keep(stream=content, name="a.pdf", owner_kind="case", actor=ACTOR)
    again = services.keep(stream=content, name="b.pdf", owner_kind="case", actor=ACTOR)
    names = [found.key for found in bucket.objects.all()]  # type: ignore[attr-defined]
    assert names == [storage_path(file.sha256)]
    with selectors.content(again) as opened:
        assert opened.read() == content
    assert services.make_previews(file=file) == 1
    with selectors.preview_content(selectors.previews(file)[0]) as opened:
        assert opened.read(4) == b"RIFF"
    public = services.release(file=file, owner_kind="document", actor=ACTOR)
    assert public.sha256 != file.sha256
    services.sweep()
    assert File.objects.count() == 3
    assert len(list(bucket.objects.all())) == 3  # type: ignore[attr-defined]
