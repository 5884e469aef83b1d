/** Opens the connect dialog over a page: a frame of Crossdock's own, which the page cannot look into.
 *
 * The two talk through a channel of their own, handed over once. The page gives a link token and what is to be
 * offered; all that it ever gets back is the code that only the organisation's key can exchange.
 */
import type { DialogOptions, FromDialog, ToDialog } from "./messages";

export interface Opening {
  /** Where Crossdock is. */
  origin: string;
  token: string;
  options: DialogOptions;
  signal?: AbortSignal;
  title?: string;
}

export interface Connected {
  authCode: string;
  integrationName: string;
}

/** Resolves to what was connected, or to null when the dialog was closed without.
 *
 * However the dialog is closed, what is connected by then is answered. Closed in the moment of connecting, it is out of
 * sight at once and answers when it is known how that ended.
 */
export function openDialog({ origin, token, options, signal, title = "Connect an account" }: Opening): Promise<Connected | null> {
  if (signal?.aborted) return Promise.resolve(null);
  const before = document.activeElement;
  const dialog = document.createElement("dialog");
  const frame = document.createElement("iframe");
  dialog.setAttribute("aria-label", title);
  frame.title = title;
  frame.src = `${origin}/link/dialog`;
  frame.referrerPolicy = "no-referrer";
  // Set one by one: a page whose policy forbids style attributes still lets its scripts do that.
  Object.assign(dialog.style, {
    width: "min(32rem, 100vw)",
    height: "min(46rem, 100vh)",
    maxWidth: "none",
    maxHeight: "none",
    padding: "0",
    border: "0",
    borderRadius: "12px",
    background: "transparent",
    overflow: "hidden",
  });
  Object.assign(frame.style, { width: "100%", height: "100%", border: "0", colorScheme: "normal" });
  dialog.append(frame);
  document.body.append(dialog);
  const channel = new MessageChannel();
  return new Promise((resolve) => {
    let connected: Connected | null = null;
    let connecting = false;
    let closed = false;
    const close = () => {
      if (!closed) {
        closed = true;
        dialog.close();
        if (before instanceof HTMLElement) before.focus();
      }
      if (connecting) return;
      window.removeEventListener("message", ready);
      channel.port1.close();
      dialog.remove();
      resolve(connected);
    };
    const ready = (event: MessageEvent) => {
      if (event.source !== frame.contentWindow || event.origin !== origin || event.data !== "crossdock:ready") return;
      window.removeEventListener("message", ready);
      const message: ToDialog = { token, options };
      frame.contentWindow?.postMessage(message, origin, [channel.port2]);
    };
    channel.port1.onmessage = ({ data }: MessageEvent<FromDialog>) => {
      connecting = data.kind === "connecting";
      if (data.kind === "connected") connected = { authCode: data.authCode, integrationName: data.integrationName };
      if (data.kind === "closed" || (closed && !connecting)) close();
    };
    window.addEventListener("message", ready);
    dialog.addEventListener("cancel", close);
    signal?.addEventListener("abort", close);
    dialog.showModal();
  });
}
