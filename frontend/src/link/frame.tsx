/** The dialog in its frame: it waits for the page around it to hand over a link, and tells it how that ended. */
import { StrictMode, useEffect, useEffectEvent, useState } from "react";
import { createRoot } from "react-dom/client";
import "../style.css";
import { strings } from "../strings/link";
import { Dialog } from "./Dialog";
import type { FromDialog, ToDialog } from "./messages";

function Framed() {
  const [given, setGiven] = useState<{ told: ToDialog; port: MessagePort } | null>(null);
  useEffect(() => {
    const take = (event: MessageEvent<ToDialog>) => {
      const port = event.ports[0];
      if (event.source === window.parent && port !== undefined && typeof event.data?.token === "string") {
        window.removeEventListener("message", take);
        setGiven({ told: event.data, port });
      }
    };
    window.addEventListener("message", take);
    // Says nothing but that it is there: any page may know that.
    window.parent.postMessage("crossdock:ready", "*");
    return () => window.removeEventListener("message", take);
  }, []);
  const tell = (message: FromDialog) => given?.port.postMessage(message);
  // The page takes the frame away, so the click or key that asked for it has to be over.
  const close = () => setTimeout(() => tell({ kind: "closed" }), 50);
  const escape = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === "Escape") close();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => escape(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
  if (given === null) return <p role="status">{strings.loading}</p>;
  return (
    <Dialog
      linkToken={given.told.token}
      options={given.told.options}
      onConnecting={() => tell({ kind: "connecting" })}
      onRefused={() => tell({ kind: "refused" })}
      onConnected={(authCode, integrationName) => tell({ kind: "connected", authCode, integrationName })}
      onDone={close}
      onClose={close}
    />
  );
}

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
createRoot(root).render(
  <StrictMode>
    <Framed />
  </StrictMode>,
);
