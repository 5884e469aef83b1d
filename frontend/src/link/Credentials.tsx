/** The fields of an account, the checks of what it may, and connecting it. */
import { useEffect, useRef, useState, type SubmitEvent } from "react";
import { faultAt } from "../api";
import { Problem } from "../components/Problem";
import { strings } from "../strings/link";
import { askLinked, type AccountGiven, type ListCheck, type Offered } from "./api";
import { ByOAuth } from "./ByOAuth";
import type { Connecting } from "./Dialog";
import { accountOf, Fields } from "./Fields";

interface CredentialsProps extends Connecting {
  linkToken: string;
  system: Offered;
  onBack?: () => void;
}

type Check = "waiting" | ListCheck;

export function Credentials({ linkToken, system, onBack, ...told }: CredentialsProps) {
  const [error, setError] = useState<unknown>(null);
  const [checks, setChecks] = useState<Record<string, Check> | null>(null);
  const [writes, setWrites] = useState<string[]>([]);
  const [connected, setConnected] = useState(false);
  const [byHand, setByHand] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const outcome = useRef<HTMLHeadingElement>(null);
  const underWay = checks !== null;
  // What the keyboard was at goes away with each step, so it is taken along.
  useEffect(() => outcome.current?.focus(), [underWay, connected]);
  useEffect(() => {
    if (error !== null) form.current?.querySelector<HTMLElement>("[aria-invalid=true], button[type=submit]")?.focus();
  }, [error]);
  const isSandbox = system.integration_name === "sandbox";
  const connect = async (account: AccountGiven) => {
    setError(null);
    // Hides the form at once, so that it cannot be sent twice.
    setChecks({});
    try {
      if (!isSandbox) {
        const accepted = await askLinked<{ lists: string[]; writes: string[] }>(linkToken, "POST", "/link/check", account);
        setWrites(accepted.writes);
        setChecks(Object.fromEntries(accepted.lists.map((name) => [name, "waiting" as const])));
        for (const name of accepted.lists) {
          const checked = await askLinked<ListCheck>(linkToken, "POST", "/link/check", { ...account, function: name });
          setChecks((before) => ({ ...before, [name]: checked }));
        }
      }
      told.onConnecting?.();
      const made = await askLinked<{ auth_code: string }>(linkToken, "POST", "/link/connect", account);
      setConnected(true);
      told.onConnected?.(made.auth_code, system.integration_name);
    } catch (refused) {
      told.onRefused?.();
      setChecks(null);
      setError(refused);
    }
  };
  const byOAuth = system.oauth;
  if (byOAuth !== null && !byHand) {
    return (
      <ByOAuth
        linkToken={linkToken}
        system={system}
        asked={system.fields
          .filter(({ name }) => byOAuth.asked_first.includes(name))
          .map((field) => ({ ...field, required: field.required && !byOAuth.may_be_left_out.includes(field.name) }))}
        onConnected={(code) => told.onConnected?.(code, system.integration_name)}
        onDone={told.onDone}
        onByHand={() => setByHand(true)}
        {...(onBack ? { onBack } : {})}
      />
    );
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    void connect(accountOf(system, event.currentTarget));
  };
  const atFields = system.fields.some(({ name }) => faultAt(error, `/fields/${name}`) !== undefined);
  return (
    <>
      <form ref={form} onSubmit={submit} hidden={underWay}>
        <p className="quiet">{system.description}</p>
        <Fields fields={system.fields} error={error} />
        {error !== null && (atFields ? <p role="alert" className="fault">{strings.refused}</p> : <Problem error={error} />)}
        <div className="row">
          {onBack && (
            <button type="button" onClick={onBack}>
              {strings.back}
            </button>
          )}
          <button type="submit">{strings.submit}</button>
        </div>
      </form>
      {checks !== null && (
        <section aria-labelledby="checks">
          <h2 id="checks" ref={outcome} tabIndex={-1}>
            {connected ? strings.connected(system.display_name) : strings.checking}
          </h2>
          <ul className="plain checks" aria-live="polite">
            {Object.entries(checks).map(([name, check]) => (
              <li key={name}>
                <Verdict check={check} /> <code>{name}</code>
                {check !== "waiting" && check.message && <p className="help">{check.message}</p>}
              </li>
            ))}
            {writes.length > 0 && <li className="quiet">{strings.writes(writes.length)}</li>}
          </ul>
          {connected && (
            <button type="button" className="main" onClick={told.onDone}>
              {strings.done}
            </button>
          )}
        </section>
      )}
    </>
  );
}

function Verdict({ check }: { check: Check }) {
  if (check === "waiting") return <span className="badge">{strings.verdicts.waiting}</span>;
  if (check.allowed === null) return <span className="badge warn">{strings.verdicts.unknown}</span>;
  return check.allowed ? (
    <span className="badge good">{strings.verdicts.allowed}</span>
  ) : (
    <span className="badge bad">{strings.verdicts.refused}</span>
  );
}
