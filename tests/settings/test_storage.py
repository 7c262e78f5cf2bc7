"""Where documents lie: on the disk or in a bucket, privately, and never over one another."""

import stat
import uuid
from collections.abc import Iterator

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import override_settings
from moto.server import ThreadedMotoServer

from nextstep.settings.environment import environment


@pytest.fixture
def storage(monkeypatch, tmp_path):
    """storage(NAME="value"): Django's default storage with that environment."""

    def make(**values):
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        with override_settings(STORAGES={"default": environment(tmp_path).file_storage}):
            return storages["default"]

    return make


@pytest.fixture
def bucket(monkeypatch) -> Iterator[dict[str, str]]:
    """A bucket on moto's server, and the environment that names it."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    given = {
        "AWS_STORAGE_BUCKET_NAME": f"files-{uuid.uuid4()}",
        "AWS_S3_REGION_NAME": "eu-west-2",
        "AWS_S3_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }
    client = boto3.client(
        "s3",
        endpoint_url=given["AWS_S3_ENDPOINT_URL"],
        region_name="eu-west-2",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    )
    client.create_bucket(
        Bucket=given["AWS_STORAGE_BUCKET_NAME"], CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
    )
    yield given
    server.stop()


def test_the_disk_keeps_documents_to_the_portals_own_user(storage, tmp_path):
    disk = storage(FILES_DIR=str(tmp_path / "files"))
    name = disk.save("cv/one.pdf", ContentFile(b"%PDF"))
    file = tmp_path / "files" / name
    assert file.read_bytes() == b"%PDF"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_document_on_the_disk_has_no_address(storage, tmp_path):
    disk = storage(FILES_DIR=str(tmp_path))
    with pytest.raises(ValueError, match="no address of its own"):
        disk.url("cv/one.pdf")


@pytest.mark.s3
def test_a_bucket_keeps_documents_and_gives_them_back(storage, bucket):
    files = storage(**bucket)
    name = files.save("cv/one.pdf", ContentFile(b"%PDF"))
    assert name == "cv/one.pdf"
    with files.open(name) as file:
        assert file.read() == b"%PDF"
    assert files.size(name) == 4
    files.delete(name)
    assert not files.exists(name)


@pytest.mark.s3
def test_a_second_document_of_a_name_does_not_replace_the_first(storage, bucket):
    files = storage(**bucket)
    first = files.save("cv/one.pdf", ContentFile(b"first"))
    second = files.save("cv/one.pdf", ContentFile(b"second"))
    assert first != second
    with files.open(first) as file:
        assert file.read() == b"first"


@pytest.mark.s3
def test_a_document_in_a_bucket_is_private_and_has_no_address(storage, bucket):
    files = storage(**bucket)
    name = files.save("cv/one.pdf", ContentFile(b"%PDF"))
    with pytest.raises(ValueError, match="no address of its own"):
        files.url(name)
    grants = files.connection.meta.client.get_object_acl(Bucket=files.bucket_name, Key=name)["Grants"]
    assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]


@pytest.mark.s3
def test_no_checksum_is_sent_that_services_like_s3_refuse(storage, bucket):
    files = storage(**bucket)
    sent = []
    files.connection.meta.client.meta.events.register(
        "before-send.s3.PutObject", lambda request, **_: sent.append(dict(request.headers))
    )
    files.save("cv/one.pdf", ContentFile(b"%PDF"))
    (headers,) = sent
    assert not [name for name in headers if name.lower().startswith("x-amz-checksum")]
