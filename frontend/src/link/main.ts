/** The script that other sites load: `Trackstar.init(...)` and `Trackstar.open()`, as the contract's clients call them. */
import type { DialogOptions } from "./messages";
import { openDialog, type Connected } from "./opener";

interface Config extends DialogOptions {
  getLinkToken: () => Promise<string>;
  onSuccess: (authCode: string, integrationName: string) => unknown;
  onClose?: () => unknown;
  onLoad?: () => unknown;
  buttonId?: string;
}

interface Client {
  init: (config: Config) => void;
  open: (which?: { integrationId?: string }) => void;
  close: () => void;
  state: { isLoaded: boolean };
}

const script = document.currentScript;
const origin = new URL(script instanceof HTMLScriptElement ? script.src : window.location.href).origin;
const page = window as unknown as Record<string, Client | undefined>;

function client(): Client {
  let config: Config | null = null;
  let closing: AbortController | null = null;
  const made: Client = {
    state: { isLoaded: false },
    init(given) {
      if (typeof given?.getLinkToken !== "function" || typeof given.onSuccess !== "function") {
        throw new TypeError("init needs getLinkToken and onSuccess, both functions.");
      }
      if (given.buttonId !== undefined && page[`Trackstar${given.buttonId}`] !== made) {
        // Several buttons on one page have a client each, under their names.
        const own = client();
        page[`Trackstar${given.buttonId}`] = own;
        own.init(given);
        return;
      }
      config = given;
      made.state.isLoaded = true;
      given.onLoad?.();
    },
    open(which = {}) {
      if (config === null) throw new Error("init was not called.");
      if (closing === null) void opened(config, which.integrationId);
    },
    close() {
      closing?.abort();
    },
  };
  const opened = async (given: Config, integrationId?: string) => {
    const { getLinkToken, onSuccess, onClose } = given;
    closing = new AbortController();
    let connected: Connected | null;
    try {
      const token = await getLinkToken();
      const options: DialogOptions = {
        ...(given.integrationType === undefined ? {} : { integrationType: given.integrationType }),
        ...(given.sandbox === undefined ? {} : { sandbox: given.sandbox }),
        ...(given.integrationAllowList === undefined ? {} : { integrationAllowList: [...given.integrationAllowList] }),
        ...(given.integrationBlockList === undefined ? {} : { integrationBlockList: [...given.integrationBlockList] }),
        ...(given.integrationsWithEndpoints === undefined
          ? {}
          : { integrationsWithEndpoints: [...given.integrationsWithEndpoints] }),
        ...(given.logo === undefined ? {} : { logo: given.logo }),
        ...(integrationId === undefined ? {} : { integrationId }),
      };
      connected = await openDialog({ origin, token, options, signal: closing.signal });
    } finally {
      closing = null;
    }
    if (connected === null) onClose?.();
    else await onSuccess(connected.authCode, connected.integrationName);
  };
  return made;
}

page.Trackstar = client();
