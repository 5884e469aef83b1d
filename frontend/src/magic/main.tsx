/** The page that a magic link opens. */
import { StrictMode, useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { ask } from "../api";
import { useCodeInAddress } from "../codeInAddress";
import { Problem } from "../components/Problem";
import { Dialog } from "../link/Dialog";
import { strings } from "../strings/link";
import "../style.css";

interface Followed {
  link_token: string;
  integration_type: string;
}

function Magic() {
  const secret = useCodeInAddress();
  const [followed, setFollowed] = useState<Followed | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [done, setDone] = useState(false);
  const asked = useRef(false);
  useEffect(() => {
    if (secret === "" || asked.current) return;
    asked.current = true;
    ask<Followed>("POST", "/link/magic", { body: { secret } }).then(setFollowed, setError);
  }, [secret]);
  if (followed !== null && !done) {
    return (
      <Dialog
        linkToken={followed.link_token}
        options={{ integrationType: followed.integration_type }}
        onDone={() => setDone(true)}
      />
    );
  }
  return (
    <main className="dialog">
      <h1>{strings.title}</h1>
      {secret === "" && <p>{strings.magic.missing}</p>}
      {error !== null && <Problem error={error} />}
      {done && <p role="status">{strings.magic.done}</p>}
      {secret !== "" && error === null && !done && <p role="status">{strings.loading}</p>}
    </main>
  );
}

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
createRoot(root).render(
  <StrictMode>
    <Magic />
  </StrictMode>,
);
