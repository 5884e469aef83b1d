"""What the routes call: the rooms of one running Crossdock, put together once."""

import time
from dataclasses import dataclass
from datetime import timedelta

from crossdock.carrier_files.files import CarrierFiles
from crossdock.carrier_files.inbox import Inbox
from crossdock.carrier_files.links import DownloadLinks
from crossdock.catalog import Catalog
from crossdock.catalog.quality import proof_of
from crossdock.connections.access import Access
from crossdock.connections.oauth import OAuth
from crossdock.connections.opened import schedules_of
from crossdock.connections.renewals import Renewals
from crossdock.connections.sessions import Sessions
from crossdock.connections.usage import Usage
from crossdock.connections.vault import Vault, open_vault
from crossdock.connector.calls import Told
from crossdock.connector.pool import Renew, VendorPool, never_renewed
from crossdock.rate_limits import RateLimits
from crossdock.reads.page_tokens import PageTokens
from crossdock.request_log.log import RequestLog
from crossdock.sandbox.app import SANDBOX_HOST, create_sandbox_app
from crossdock.settings import Settings
from crossdock.storage.database import Database, open_database
from crossdock.storage.rate_counts import RateCounts, open_rate_counts
from crossdock.storage.schedules import add_missing
from crossdock.storage.webhooks import purge
from crossdock.sync.syncs import Syncs
from crossdock.webhooks.delivery import Deliveries
from crossdock.work.running import BackgroundWork
from crossdock.write_info.options import OptionReader
from crossdock.write_info.published import WriteInfo
from crossdock.write_info.summary import Summaries
from crossdock.writes.pipeline import Writes
from crossdock.writes.sandboxes import Sandboxes

PURGED_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Service:
    """The rooms, ready for use. Close with `aclose`."""

    settings: Settings
    database: Database
    vault: Vault
    catalog: Catalog
    access: Access
    vendors: VendorPool
    write_info: WriteInfo
    summaries: Summaries
    writes: Writes
    sandboxes: Sandboxes
    syncs: Syncs
    deliveries: Deliveries
    usage: Usage
    page_tokens: PageTokens
    rate_counts: RateCounts
    rate_limits: RateLimits
    carrier_files: CarrierFiles
    carrier_inbox: Inbox
    download_links: DownloadLinks
    request_log: RequestLog
    sessions: Sessions
    oauth: OAuth
    renewals: Renewals

    @property
    def background(self) -> BackgroundWork:
        """What this process can do besides answering."""
        return BackgroundWork(
            self.settings,
            self.database,
            self.syncs,
            self.deliveries,
            self.carrier_files,
            self.carrier_inbox,
            self._prepare,
            self._keep_house,
        )

    async def _prepare(self) -> None:
        """Connections that were made before their integration had a list get a schedule for it."""
        for integration in self.catalog.all():
            await self.database.write(
                add_missing, integration.type, integration.name, schedules_of(integration), time.time()
            )

    async def _keep_house(self) -> None:
        await self.usage.flush()
        await self.carrier_files.sweep()
        before = time.time() - timedelta(days=self.settings.event_days).total_seconds()
        while await self.database.write(purge, before, PURGED_AT_ONCE) == PURGED_AT_ONCE:
            pass
        await self.request_log.prune()
        await self.sessions.sweep()

    async def aclose(self) -> None:
        """Closes vendor connections and the database."""
        await self.renewals.aclose()
        await self.vendors.aclose()
        await self.deliveries.aclose()
        await self.request_log.aclose()
        self.rate_counts.close()
        self.database.close()


def open_vendors(
    settings: Settings, database: Database, told: Told | None = None, renew: Renew = never_renewed
) -> VendorPool:
    """The way to the vendors; the sandbox's is inside this process.

    `told` hears of every exchange, and `renew` knows the tokens of accounts by OAuth.
    """
    return VendorPool(
        allow_private_networks=settings.allow_private_networks,
        timeout=settings.vendor_timeout,
        systems={SANDBOX_HOST: create_sandbox_app(database)},
        told=told,
        renew=renew,
    )


def open_service(settings: Settings) -> Service:
    """Opens the database, checks the secret key and finds the integrations.

    Raises `Unavailable`, `DatabaseIsNewer` or `SecretKeyProblem`.
    """
    database = open_database(settings)
    try:
        vault = open_vault(settings, database)
    except BaseException:
        database.close()
        raise
    catalog = Catalog.installed()
    request_log = RequestLog(database, settings.keep_requests)
    renewals = Renewals(database, vault, settings.oauth_clients, settings.vendor_timeout)
    vendors = open_vendors(settings, database, request_log.add, renewals.token)
    access = Access(database, vault, catalog)
    options = OptionReader(database, vendors, settings.option_lifetime)
    write_info = WriteInfo(options, settings.option_lifetime)
    counts = open_rate_counts(database)
    files = CarrierFiles(
        database, access, settings.carrier_files, settings.largest_carrier_file * 1024 * 1024
    )
    return Service(
        settings=settings,
        database=database,
        vault=vault,
        catalog=catalog,
        access=access,
        vendors=vendors,
        write_info=write_info,
        summaries=Summaries(proof_of),
        writes=Writes(database, vendors, write_info, settings.write_lease),
        sandboxes=Sandboxes(database, vault, catalog, access, vendors),
        syncs=Syncs(database, vendors, access, timedelta(days=settings.first_sync_days)),
        deliveries=Deliveries(
            database,
            vault,
            public_url=settings.public_url,
            allow_private_networks=settings.allow_private_networks,
        ),
        usage=Usage(database),
        page_tokens=PageTokens(vault),
        rate_counts=counts,
        rate_limits=RateLimits(counts, reads=settings.reads_per_second, writes=settings.writes_per_second),
        carrier_files=files,
        carrier_inbox=Inbox(settings.carrier_inbox, files, access),
        download_links=DownloadLinks(vault, settings.public_url),
        request_log=request_log,
        sessions=Sessions(
            database,
            idle=timedelta(minutes=settings.session_idle_minutes),
            longest=timedelta(hours=settings.session_hours),
        ),
        oauth=OAuth(database, vault, vendors, catalog, settings.oauth_clients, settings.public_url),
        renewals=renewals,
    )
