"""Invoice files through the doors: uploaded, read into records, listed, downloaded, refused."""

import io
import time
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
import sqlalchemy as sa
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from crossdock.carrier_files.links import LIFETIME, PURPOSE
from crossdock.storage import tables
from tests.carrier.samples import Rows, changed, column, rows_of, sample
from tests.carrier.test_formats import SAMPLES
from tests.carrier.world import CarrierWorld, carrier_world


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CarrierWorld]:
    with carrier_world(tmp_path_factory.mktemp("carriers"), LARGEST_CARRIER_FILE="1") as world:
        yield world


@pytest.fixture
def fresh(tmp_path: Any) -> Iterator[CarrierWorld]:
    with carrier_world(tmp_path) as world:
        yield world


def _events(world: CarrierWorld) -> list[dict[str, Any]]:
    with world.service.database.transaction(writes=False) as db:
        texts = db.scalars(sa.select(tables.events.c.payload).order_by(tables.events.c.created_at))
        return [orjson.loads(text) for text in texts]


def _count(world: CarrierWorld) -> int:
    with world.service.database.transaction(writes=False) as db:
        return db.scalar(sa.select(sa.func.count()).select_from(tables.records)) or 0


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_becomes_records_once(fresh: CarrierWorld, name: str) -> None:
    carrier, status, items, _ = SAMPLES[name]
    first = fresh.taken(carrier, sample(name), f"{name}.csv")
    assert (first["status"], first["reconciliation"]["status"], first["came_before"]) == (
        "done",
        status,
        False,
    )
    assert first["line_items"] == {"created": items, "updated": 0, "unchanged": 0}
    told = [event["event_type"] for event in _events(fresh)]
    assert told.count("carrier-invoice-line-item.created") == items
    assert told.count("carrier-file.created") == 1
    before = fresh.items(carrier)
    again = fresh.taken(carrier, sample(name), "other name.csv")
    assert (again["came_before"], again["id"], again["file_name"]) == (True, first["id"], f"{name}.csv")
    other_bytes = fresh.taken(carrier, sample(name) + b"\r\n", "again.csv")
    assert other_bytes["line_items"] == {"created": 0, "updated": 0, "unchanged": items}
    assert fresh.items(carrier) == before
    assert len(_events(fresh)) == len(told) + 1


def test_a_line_item_is_as_the_contract_describes_it(shared: CarrierWorld) -> None:
    shared.taken("ups", sample("ups"))
    found = {item["charge_description"]: item for item in shared.items("ups", "?limit=1000")}
    answer = shared.call("ups", "GET", f"/carrier/invoice-line-items/{found['Taxes']['id']}")
    item = answer.json()["data"]
    assert item == found["Taxes"]
    assert b'"gross_cost":' in answer.content
    assert isinstance(item["gross_cost"], float)
    assert item["invoice_id"] == "ULN-0563196946"
    assert item["currency"] == "USD"
    assert item["raw"]["Zone"]
    assert {"created_date", "updated_date", "trackstar_created_date", "trackstar_tags"} <= item.keys()


def test_amounts_are_written_out_exactly(fresh: CarrierWorld) -> None:
    at, total = column("usps", "Postage"), column("usps", "Transaction Amount")

    def change(rows: Rows) -> None:
        del rows[2:]
        rows[1][at] = rows[1][total] = "1234567890123.10"

    fresh.taken("usps", changed("usps", change))
    answer = fresh.call("usps", "GET", "/carrier/invoice-line-items")
    assert b'"net_cost":1234567890123.10' in answer.content
    [item] = answer.json()["data"]
    path = f"/carrier/invoice-line-items/{item['id']}/trackstar-tags"
    tagged = fresh.call("usps", "PUT", path, json={"trackstar_tags": ["checked"]})
    assert b'"net_cost":1234567890123.10' in tagged.content


def test_line_items_are_filtered_by_their_date_and_tagged(shared: CarrierWorld) -> None:
    shared.taken("usps", sample("usps"))
    found = shared.items("usps", "?transaction_date[gte]=2026-03-08T00:00:00Z")
    assert [item["transaction_date"] for item in found] == ["2026-03-08T00:28:00Z"]
    path = f"/carrier/invoice-line-items/{found[0]['id']}/trackstar-tags"
    tagged = shared.call("usps", "PUT", path, json={"trackstar_tags": ["checked"]})
    assert tagged.json()["data"]["trackstar_tags"] == ["checked"]
    shared.taken("usps", sample("usps") + b"\r\n")
    [kept] = shared.items("usps", "?trackstar_tags[contains]=checked")
    assert kept["id"] == found[0]["id"] == kept["tracking_number"]


def test_a_refund_is_not_stored_over_the_label_that_it_refunds(fresh: CarrierWorld) -> None:
    transaction, kind = column("usps", "EPS Transaction ID"), column("usps", "Transaction Type")
    amounts = [column("usps", title) for title in ("Postage", "Transaction Amount")]

    def refund(rows: Rows) -> None:
        del rows[2:]
        rows[1][transaction], rows[1][kind] = "999", "Label Refund"
        for at in amounts:
            rows[1][at] = f"-{rows[1][at]}"

    def label(rows: Rows) -> None:
        del rows[2:]

    barcode = rows_of("usps")[1][column("usps", "Package Identification Code (PIC)")]
    for content in (changed("usps", label), changed("usps", refund)) * 2:
        fresh.taken("usps", content + b"\r\n" * (1 + _count(fresh)))
    items = {item["invoice_id"]: item for item in fresh.items("usps")}
    assert len(items) == _count(fresh) == 2
    assert items["6258250725712"]["id"] == barcode
    assert items["999"]["net_cost"] == -items["6258250725712"]["net_cost"]


def test_the_rest_of_a_truncated_file_is_added_by_the_whole_one(fresh: CarrierWorld) -> None:
    content = sample("ups")
    cut = fresh.taken("ups", content[: len(content) // 2])
    assert cut["reconciliation"]["status"] == "differs"
    assert "cut off" in cut["reconciliation"]["faults"][0]["message"]
    so_far = _count(fresh)
    assert 0 < so_far < 25
    whole = fresh.taken("ups", content)
    assert whole["line_items"] == {"created": 25 - so_far, "updated": 0, "unchanged": so_far}
    assert whole["reconciliation"]["status"] == "reconciled"


def test_charges_of_other_accounts_are_pointed_out(fresh: CarrierWorld) -> None:
    fresh.connected("ups", account_number="Z99999")
    assert fresh.taken("ups", sample("ups"))["reconciliation"]["notes"] == [
        "25 line items are of account KX2RDL; the connection is to Z99999"
    ]


def test_a_file_of_another_carrier_is_refused(shared: CarrierWorld) -> None:
    answer = shared.upload("ups", sample("fedex-us"))
    assert answer.status_code == 422
    assert "a file of fedex" in answer.json()["error"]
    assert answer.json()["errors"][0]["pointer"] == "/file"


def test_an_unknown_file_is_refused_and_leaves_nothing(fresh: CarrierWorld) -> None:
    answer = fresh.upload("ups", b"order,sku\n1,2\n")
    assert answer.status_code == 422
    assert "Lead Shipment Number" in answer.json()["error"]
    assert fresh.call("ups", "GET", "/carrier/files").json()["data"] == []
    assert list(fresh.service.carrier_files.root.rglob("*")) == []


def test_a_file_over_the_limit_is_refused_and_leaves_nothing(shared: CarrierWorld) -> None:
    rows = rows_of("ups")
    large = changed("ups", lambda found: found.extend(rows[1:] * 100))
    kept = sorted(shared.service.carrier_files.root.rglob("*"))
    assert len(large) > 1024 * 1024
    assert shared.upload("ups", large).status_code == 413
    assert sorted(shared.service.carrier_files.root.rglob("*")) == kept


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"json": {}}, 415),
        ({"data": {"file": "text"}, "files": {"other": ("a.csv", b"x")}}, 422),
        ({"content": b"x", "headers": {"content-type": "multipart/form-data"}}, 422),
    ],
)
def test_what_is_no_form_with_a_file_is_refused(
    shared: CarrierWorld, more: dict[str, Any], status: int
) -> None:
    headers = shared.headers("ups") | more.pop("headers", {})
    answer = shared.runner.run(shared.client.post("/carrier/files", headers=headers, **more))
    assert answer.status_code == status, answer.text


def test_a_name_with_folders_names_a_file(fresh: CarrierWorld) -> None:
    taken = fresh.taken("ups", sample("ups"), "../../etc/invoice.CSV")
    assert (taken["file_name"], taken["file_type"]) == ("invoice.CSV", "csv")


def test_files_are_listed_by_page_name_type_and_time(fresh: CarrierWorld) -> None:
    for number in range(3):
        fresh.taken("usps", sample("usps") + b"\r\n" * number, f"{number}.csv")
    first = fresh.call("usps", "GET", "/carrier/files?limit=2").json()
    assert [row["file_name"] for row in first["data"]] == ["0.csv", "1.csv"]
    assert first["total_count"] == 2
    rest = fresh.call("usps", "GET", f"/carrier/files?limit=2&page_token={first['next_token']}").json()
    assert [row["file_name"] for row in rest["data"]] == ["2.csv"]
    assert rest["next_token"] is None

    def names(query: str) -> list[str]:
        answer = fresh.call("usps", "GET", f"/carrier/files?{query}")
        assert answer.status_code == 200, answer.text
        return [row["filename"] for row in answer.json()["data"]]

    assert names("file_name=1.csv") == ["1.csv"]
    assert names("file_type=pdf") == []
    assert names("file_type=CSV") == ["0.csv", "1.csv", "2.csv"]
    assert names("start_time=2100-01-01T00:00:00Z&end_time=2101-01-01T00:00:00Z") == []
    assert names("end_time=2001-01-01T00:00:00Z") == []


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=1001", "start_time=soon", "page_token=x", "size=1", "file_name="]
)
def test_a_wrong_query_names_its_parameter(shared: CarrierWorld, query: str) -> None:
    answer = shared.call("ups", "GET", f"/carrier/files?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"/{query.partition('=')[0]}"


def test_a_link_needs_no_key_and_gives_the_file_as_it_came(fresh: CarrierWorld) -> None:
    row = fresh.taken("dpd", sample("dpd-dutch"), "März.csv")
    path = row["download_url"].partition("8000")[2]
    answer = fresh.anybody(path)
    assert (answer.status_code, answer.content) == (200, sample("dpd-dutch"))
    assert "attachment" in answer.headers["content-disposition"]
    assert row["download_url_expires_at"] > row["generated_time"]


class _Earlier(TimestampSigner):
    """Signs as it would have been signed before the lifetime of a link began."""

    def get_timestamp(self) -> int:
        return int(time.time() - LIFETIME.total_seconds() - 2)


def test_forged_expired_and_foreign_links_are_refused(fresh: CarrierWorld) -> None:
    one = fresh.taken("dpd", sample("dpd-dutch"))
    other = fresh.taken("usps", sample("usps"))
    path, _, signature = one["download_url"].partition("8000")[2].partition("?signature=")
    for wrong in (
        path,
        f"{path}?signature=",
        f"{path}?signature={signature[:-1]}",
        f"/carrier/files/{other['id']}/download?signature={signature}",
    ):
        assert fresh.anybody(wrong).status_code == 403, wrong

    keys = fresh.service.vault.signing_keys(PURPOSE)
    expired = URLSafeTimedSerializer(keys, salt=f"{PURPOSE} {one['id']}", signer=_Earlier).dumps("")
    refused = fresh.anybody(f"{path}?signature={expired}")
    assert (refused.status_code, "expired" in refused.text) == (403, True)


def test_another_connections_file_is_not_there(fresh: CarrierWorld) -> None:
    row = fresh.taken("dpd", sample("dpd-dutch"))
    assert fresh.call("usps", "GET", f"/carrier/files/{row['id']}").status_code == 404
    assert fresh.call("dpd", "GET", f"/carrier/files/{row['id']}").json()["data"]["id"] == row["id"]
    assert fresh.call("usps", "GET", "/carrier/files").json()["data"] == []


def test_a_file_whose_reader_died_is_read_by_the_next(fresh: CarrierWorld) -> None:
    files = fresh.service.carrier_files
    connection = fresh.runner.run(fresh.service.access.connection_by_id(fresh.connected("ups").id))

    taken = fresh.runner.run(files.take(connection, io.BytesIO(sample("ups")), "invoice.csv"))
    with fresh.service.database.transaction() as db:
        db.execute(tables.carrier_files.update().values(claimed_until=time.time() + 60))
    assert fresh.runner.run(files.due()) == []
    assert fresh.runner.run(files.read(taken.row.id)).state == "received"
    with fresh.service.database.transaction() as db:
        db.execute(tables.carrier_files.update().values(claimed_until=time.time() - 1))
    assert fresh.runner.run(files.due()) == [taken.row.id]
    assert fresh.runner.run(files.read(taken.row.id)).state == "done"
    assert (_count(fresh), fresh.runner.run(files.due())) == (25, [])


def test_a_file_that_could_not_be_read_is_read_again_when_it_is_sent_again(fresh: CarrierWorld) -> None:
    files = fresh.service.carrier_files
    connection = fresh.runner.run(fresh.service.access.connection_by_id(fresh.connected("ups").id))
    taken = fresh.runner.run(files.take(connection, io.BytesIO(sample("ups")), "invoice.csv"))
    path = files.root / connection.id / taken.row.id
    path.write_bytes(b"spoilt")
    failed = fresh.runner.run(files.read(taken.row.id))
    assert failed.state == "failed"
    assert "of no known shape" in str(failed.error)
    again = fresh.taken("ups", sample("ups"))
    assert (again["id"], again["status"], again["error"]) == (taken.row.id, "done", None)


def test_a_barcode_that_can_be_no_id_is_none(fresh: CarrierWorld) -> None:
    at = column("usps", "Package Identification Code (PIC)")

    def change(rows: Rows) -> None:
        rows[1][at], rows[2][at], rows[3][at] = "../..", "x" * 300, " "

    taken = fresh.taken("usps", changed("usps", change))
    assert taken["line_items"]["created"] == len(fresh.items("usps")) == 25


def test_files_of_a_connection_that_is_gone_are_removed(fresh: CarrierWorld) -> None:
    fresh.taken("ups", sample("ups"))
    kept = fresh.taken("dpd", sample("dpd-dutch"))
    assert fresh.call("ups", "DELETE", "/connections").status_code == 200
    files = fresh.service.carrier_files
    assert fresh.runner.run(files.sweep()) == 0
    assert fresh.runner.run(files.sweep(older_than=0.0)) == 1
    assert [path.name for path in files.root.rglob("*") if path.is_file()] == [kept["id"]]


def test_the_catalog_lists_the_carriers_and_their_writes_are_none(shared: CarrierWorld) -> None:
    rows = shared.call("ups", "GET", "/integrations/carrier").json()["data"]
    names = {row["integration_name"] for row in rows}
    assert names == {"dhl-ecommerce", "dhl-express", "dpd", "fedex", "royal-mail", "sandbox", "ups", "usps"}
    assert all(row["available_actions"] == ["get_invoice_line_items"] for row in rows)
    assert all(row["list_operations"][0]["proof"] == "sample" for row in rows)
    document = shared.call("ups", "GET", "/integrations/carrier/ups/write-info").json()
    assert (document["openapi"], document["paths"]) == ("3.1.0", {})


def test_the_sandbox_is_the_same_each_time(fresh: CarrierWorld) -> None:
    def generated() -> tuple[dict[str, Any], list[dict[str, Any]], list[str]]:
        headers = {"x-trackstar-api-key": fresh.key}
        made = fresh.runner.run(
            fresh.client.post("/sandbox/generate-sandbox/carrier", headers=headers)
        ).json()
        headers["x-trackstar-access-token"] = made["access_token"]
        items = fresh.runner.run(fresh.client.get("/carrier/invoice-line-items", headers=headers)).json()
        files = fresh.runner.run(fresh.client.get("/carrier/files", headers=headers)).json()
        assert {row["reconciliation"]["status"] for row in files["data"]} == {"reconciled"}
        plain = [{k: v for k, v in item.items() if not k.endswith("_date")} for item in items["data"]]
        return made, plain, [row["sha256"] for row in files["data"]]

    first, second = generated(), generated()
    assert first == second
    assert first[0]["available_actions"] == ["get_invoice_line_items"]
    assert len(first[1]) > 50
