"""Everything together, in a server of its own: a sandbox is made, read, changed, and its changes are told."""

from pathlib import Path
from typing import Any

from svix.webhooks import Webhook

from tests.support.install import Install, Server
from tests.support.receiver import receiving
from tests.sync.test_processes import eventually


def test_a_sandbox_is_read_and_its_changes_are_delivered(tmp_path: Path) -> None:
    install = Install(tmp_path)
    key = install.create_key()
    server = Server(install, works=True).start()
    try:
        with receiving() as receiver, server.client(key) as admin:
            hook = admin.post("/webhooks/endpoints", json={"url": f"{receiver.url}/hook"}).json()["data"]
            made = admin.post("/sandbox/generate-sandbox/wms").json()
            assert "get_orders" in made["available_actions"]
            told: dict[str, list[dict[str, Any]]] = {}

            def of_type(name: str) -> list[dict[str, Any]]:
                told.clear()
                for got in receiver.at("/hook"):
                    Webhook(hook["secret"]).verify(got.body, got.headers)
                    told.setdefault(got.event["event_type"], []).append(got.event)
                return told.get(name, [])

            eventually(lambda: len(of_type("connection.historical-sync-completed")) == 10, "ten lists")
            created = told["connection.created"][0]
            assert created["data"]["access_token"] == made["access_token"]
            shown = admin.get("/webhooks/events", params={"event_type": "connection.created"}).text
            assert made["access_token"] not in shown
            with server.client(key, made["access_token"]) as api:
                orders = api.get("/wms/orders").json()
                assert orders["total_count"] == 25
                assert api.get("/wms/warehouses").json()["total_count"] == 2
                chosen = next(o for o in orders["data"] if o["status"] == "open")
                assert api.get(f"/wms/orders/{chosen['id']}/raw").json()["data"]["id"] == chosen["id"]
                fulfilled = api.put(f"/sandbox/simulate/orders/{chosen['id']}/fulfill")
                assert fulfilled.status_code == 200, fulfilled.text
                eventually(lambda: of_type("order.shipment.created"), "the shipment is told")
                updated = told["order.updated"][0]
                assert updated["data"]["status"] == "fulfilled"
                assert updated["previous_attributes"]["status"] == "open"
                done = api.post("/connections/sync")
                assert done.json()["syncing"] is True
                eventually(lambda: of_type("connection.force-sync-completed"), "the forced sync is done")
                assert len(told["order.updated"]) == 1
                connection = admin.get(f"/connections/{made['connection_id']}").json()["data"]
                assert all(connection["historical_sync_completed"].values())
                assert connection["errors"] == []
                assert api.delete("/connections").json()["deleted"] is True
                eventually(lambda: of_type("connection.deleted"), "the end is told")
                assert api.get("/wms/orders").status_code == 401
    finally:
        server.stop()
    assert key not in server.log
    assert made["access_token"] not in server.log
    assert hook["secret"] not in server.log
