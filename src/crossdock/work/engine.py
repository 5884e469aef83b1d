"""The durable engine, DBOS: work that was handed over is done, though the process that took it should die.

DBOS keeps its own tables: in PostgreSQL a schema `dbos` beside Crossdock's tables, with SQLite a file of its
own beside the database. It is one for a process, and its workflows are functions of this module; what they
call is set when the engine starts. `docs/scale.md` has what it was measured against.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from dbos import DBOS, DBOSConfig, SetEnqueueOptions

log = logging.getLogger(__name__)

SYNC = "sync_connection"
DELIVERY = "deliver_batch"
CARRIER_FILE = "read_carrier_file"

SYNC_QUEUE = "syncs"
DELIVERY_QUEUE = "deliveries"
FILE_QUEUE = "carrier-files"

FILES_AT_ONCE = 2
"""Carrier files that one process reads at a time; reading keeps a processor busy."""

WORK_VERSION = "1"
"""Raised when a workflow changes so that one begun by an earlier version must not be finished by this one."""

POLLED_EVERY = 1.0
"""Seconds between two looks of the engine for work that was enqueued."""

KEPT_AT_MOST = 1_000
"""Finished workflows that are deleted at a time."""

Task = Callable[[str], Coroutine[Any, Any, Any]]


@dataclass(slots=True)
class _Tasks:
    sync_connection: Task
    deliver_batch: Task
    read_file: Task
    loop: asyncio.AbstractEventLoop
    running: set[Future[Any]] = field(default_factory=set)


_tasks: list[_Tasks] = []


def _in_loop(choose: Callable[[_Tasks], Task], argument: str) -> None:
    """Runs a task on the server's event loop and waits for it, on a thread of the engine."""
    tasks = _tasks[-1]
    running = asyncio.run_coroutine_threadsafe(choose(tasks)(argument), tasks.loop)
    tasks.running.add(running)
    try:
        running.result()
    finally:
        tasks.running.discard(running)


@DBOS.workflow(name=SYNC)
def _sync_connection(connection_id: str) -> None:
    _in_loop(lambda tasks: tasks.sync_connection, connection_id)


@DBOS.workflow(name=DELIVERY)
def _deliver_batch(batch_id: str) -> None:
    _in_loop(lambda tasks: tasks.deliver_batch, batch_id)


@DBOS.workflow(name=CARRIER_FILE)
def _read_carrier_file(file_id: str) -> None:
    _in_loop(lambda tasks: tasks.read_file, file_id)


class Engine:
    """DBOS in this process. Everything here blocks; call it off the event loop.

    `url` is a SQLAlchemy URL; `syncs_at_once` is how many connections this process works for at a time.
    """

    def __init__(self, url: str, executor_id: str, syncs_at_once: int, deliveries_at_once: int) -> None:
        self._config: DBOSConfig = {
            "name": "crossdock",
            "system_database_url": url,
            "executor_id": executor_id,
            "application_version": WORK_VERSION,
            "log_level": "WARNING",
            "enable_otlp": False,
            "max_executor_threads": syncs_at_once + deliveries_at_once + FILES_AT_ONCE + 8,
        }
        self._syncs_at_once = syncs_at_once
        self._deliveries_at_once = deliveries_at_once

    def start(
        self,
        loop: asyncio.AbstractEventLoop,
        sync_connection: Task,
        deliver_batch: Task,
        read_file: Task,
    ) -> None:
        """Starts the engine; it takes up at once what it finds enqueued."""
        _tasks.append(_Tasks(sync_connection, deliver_batch, read_file, loop))
        DBOS(config=self._config)
        DBOS.launch()
        for name, at_once in (
            (SYNC_QUEUE, self._syncs_at_once),
            (DELIVERY_QUEUE, self._deliveries_at_once),
            (FILE_QUEUE, FILES_AT_ONCE),
        ):
            DBOS.register_queue(
                name,
                worker_concurrency=at_once,
                polling_interval_sec=POLLED_EVERY,
                on_conflict="always_update",
            )

    def break_off(self) -> None:
        """Cancels what runs here; its rows say where it goes on."""
        for tasks in _tasks:
            for running in list(tasks.running):
                running.cancel()

    def stop(self) -> None:
        """Stops taking up work and lets go of the engine's database."""
        DBOS.destroy(workflow_completion_timeout_sec=0)

    def sync(self, connection_id: str) -> None:
        """Hands over the syncs of a connection; while they are enqueued or run, this does nothing."""
        with SetEnqueueOptions(deduplication_id=connection_id, duplication_policy="return-existing"):
            DBOS.enqueue_workflow(SYNC_QUEUE, _sync_connection, connection_id)

    def deliver(self, batch_id: str) -> None:
        """Hands over a batch of deliveries."""
        DBOS.start_workflow(_deliver_batch, batch_id)

    def read_file(self, file_id: str) -> None:
        """Hands over a carrier file; while it is enqueued or read, this does nothing."""
        with SetEnqueueOptions(deduplication_id=file_id, duplication_policy="return-existing"):
            DBOS.enqueue_workflow(FILE_QUEUE, _read_carrier_file, file_id)

    def take_over(self, executor_id: str) -> int:
        """Gives the unfinished work of a process that is gone to whoever has time; how much it was.

        A sync or a file is not resumed but handed over anew by the next tick, since a resumed workflow would
        not keep others from being enqueued for the same connection. Where it goes on stands in its schedules.
        """
        left = DBOS.list_workflows(status="PENDING", executor_id=executor_id, load_input=False)
        for workflow in left:
            if workflow.name in {SYNC, CARRIER_FILE}:
                DBOS.cancel_workflow(workflow.workflow_id)
            else:
                DBOS.resume_workflow(workflow.workflow_id, queue_name=DELIVERY_QUEUE)
        return len(left)

    def tidy(self, before: str) -> int:
        """Deletes finished work that ended before a moment (ISO 8601); how much."""
        done = DBOS.list_workflows(
            status=["SUCCESS", "ERROR", "CANCELLED"],
            completed_before=before,
            limit=KEPT_AT_MOST,
            load_input=False,
            load_output=False,
        )
        DBOS.delete_workflows([workflow.workflow_id for workflow in done])
        return len(done)
