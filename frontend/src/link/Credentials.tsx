/** The fields of an account, the checks of what it may, and connecting it. */
import { useState, type SubmitEvent } from "react";
import { faultAt } from "../api";
import { Problem } from "../components/Problem";
import { strings } from "../strings/link";
import { askLinked, type AccountGiven, type ListCheck, type Offered } from "./api";
import { ByOAuth } from "./ByOAuth";
import { accountOf, Fields } from "./Fields";

interface CredentialsProps {
  linkToken: string;
  system: Offered;
  onDone: (authCode: string, integrationName: string) => void;
  onBack?: () => void;
}

type Check = "waiting" | ListCheck;

export function Credentials({ linkToken, system, onDone, onBack }: CredentialsProps) {
  const [error, setError] = useState<unknown>(null);
  const [checks, setChecks] = useState<Record<string, Check> | null>(null);
  const [writes, setWrites] = useState<string[]>([]);
  const [code, setCode] = useState<string | null>(null);
  const [byHand, setByHand] = useState(false);
  const isSandbox = system.integration_name === "sandbox";
  const connect = async (account: AccountGiven) => {
    setError(null);
    try {
      if (!isSandbox) {
        const accepted = await askLinked<{ lists: string[]; writes: string[] }>(linkToken, "POST", "/link/check", account);
        setWrites(accepted.writes);
        setChecks(Object.fromEntries(accepted.lists.map((name) => [name, "waiting" as const])));
        for (const name of accepted.lists) {
          const checked = await askLinked<ListCheck>(linkToken, "POST", "/link/check", { ...account, function: name });
          setChecks((before) => ({ ...before, [name]: checked }));
        }
      } else {
        setChecks({});
      }
      const made = await askLinked<{ auth_code: string }>(linkToken, "POST", "/link/connect", account);
      setCode(made.auth_code);
    } catch (refused) {
      setChecks(null);
      setError(refused);
    }
  };
  if (system.oauth !== null && !byHand) {
    return (
      <ByOAuth
        linkToken={linkToken}
        system={system}
        askedFirst={system.oauth.asked_first}
        onDone={(made) => onDone(made, system.integration_name)}
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
      <form onSubmit={submit} hidden={checks !== null}>
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
          <h2 id="checks">{code === null ? strings.checking : strings.connected(system.display_name)}</h2>
          <ul className="plain checks" aria-live="polite">
            {Object.entries(checks).map(([name, check]) => (
              <li key={name}>
                <Verdict check={check} /> <code>{name}</code>
                {check !== "waiting" && check.message && <p className="help">{check.message}</p>}
              </li>
            ))}
            {writes.length > 0 && <li className="quiet">{strings.writes(writes.length)}</li>}
          </ul>
          {code !== null && (
            <button type="button" className="main" onClick={() => onDone(code, system.integration_name)}>
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
