/** Getting in by agreeing at the vendor, in a window of its own: vendors do not let themselves be framed. */
import { useEffect, useEffectEvent, useRef, useState, type SubmitEvent } from "react";
import { Problem } from "../components/Problem";
import { strings } from "../strings/link";
import { askLinked, type CredentialField, type Offered } from "./api";
import { accountOf, Fields } from "./Fields";

interface ByOAuthProps {
  linkToken: string;
  system: Offered;
  asked: CredentialField[];
  onConnected: (authCode: string) => void;
  onDone: () => void;
  onByHand: () => void;
  onBack?: () => void;
}

type Result = { status: "waiting" } | { status: "connected"; auth_code: string } | { status: "refused"; error: string };

const LOOKS_EVERY = 1_500;

export function ByOAuth({ linkToken, system, asked, onConnected, onDone, onByHand, onBack }: ByOAuthProps) {
  const [begun, setBegun] = useState<{ authorize_url: string; handle: string } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [connected, setConnected] = useState(false);
  const handle = begun?.handle;
  const tell = useEffectEvent(onConnected);
  const agree = useRef<HTMLAnchorElement>(null);
  const outcome = useRef<HTMLHeadingElement>(null);
  // What the keyboard was at goes away with each step, so it is taken along.
  useEffect(() => (outcome.current ?? agree.current)?.focus(), [handle, connected]);
  useEffect(() => {
    if (handle === undefined) return undefined;
    const look = async () => {
      try {
        const result = await askLinked<Result>(linkToken, "POST", "/link/oauth/result", { handle });
        if (result.status === "connected") {
          clearInterval(timer);
          setConnected(true);
          tell(result.auth_code);
        } else if (result.status === "refused") {
          clearInterval(timer);
          setBegun(null);
          setRefused(result.error);
        }
      } catch (failed) {
        // A server that restarts comes back; what it refuses stays refused.
        if (failed instanceof TypeError) return;
        clearInterval(timer);
        setBegun(null);
        setError(failed);
      }
    };
    const timer = setInterval(() => void look(), LOOKS_EVERY);
    return () => clearInterval(timer);
  }, [handle, linkToken]);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setError(null);
    setRefused(null);
    askLinked<{ authorize_url: string; handle: string }>(
      linkToken,
      "POST",
      "/link/oauth",
      accountOf(system, event.currentTarget),
    ).then(setBegun, setError);
  };
  if (connected) {
    return (
      <section aria-labelledby="connected">
        <h2 id="connected" ref={outcome} tabIndex={-1}>
          {strings.connected(system.display_name)}
        </h2>
        <button type="button" className="main" onClick={onDone}>
          {strings.done}
        </button>
      </section>
    );
  }
  return (
    <>
      <form onSubmit={submit} hidden={begun !== null}>
        <p className="quiet">{system.description}</p>
        <Fields fields={asked} error={error} />
        {error !== null && <Problem error={error} />}
        {refused !== null && (
          <p role="alert" className="fault">
            {refused}
          </p>
        )}
        <div className="row">
          {onBack && (
            <button type="button" onClick={onBack}>
              {strings.back}
            </button>
          )}
          <button type="submit">{strings.oauth.begin(system.display_name)}</button>
          <button type="button" onClick={onByHand}>
            {strings.oauth.byHand}
          </button>
        </div>
      </form>
      {begun !== null && (
        <>
          <p>
            <a ref={agree} href={begun.authorize_url} target="_blank" rel="noopener noreferrer">
              {strings.oauth.go(system.display_name)}
            </a>
          </p>
          <p role="status">{strings.oauth.waiting(system.display_name)}</p>
        </>
      )}
    </>
  );
}
