/** The connect dialog: choose a system, fill in its fields, see each permission checked, done. */
import { useEffect, useRef, useState } from "react";
import { Problem } from "../components/Problem";
import { strings } from "../strings/link";
import { askLinked, type Offered } from "./api";
import { Chooser } from "./Chooser";
import { Credentials } from "./Credentials";
import type { DialogOptions } from "./messages";
import "./link.css";

/** How far connecting is; whoever shows the dialog may have to wait for the end of it. */
export interface Connecting {
  /** Before the account is connected. */
  onConnecting?: () => void;
  /** It was not. */
  onRefused?: () => void;
  /** It was: the code is there, and the owner still looks at what the account may do. */
  onConnected?: (authCode: string, integrationName: string) => void;
  /** The owner has seen enough of it. */
  onDone: () => void;
}

export interface DialogProps extends Connecting {
  linkToken: string;
  options: DialogOptions;
  onClose?: () => void;
}

export function Dialog({ linkToken, options, onClose, ...connecting }: DialogProps) {
  const [offered, setOffered] = useState<Offered[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [chosen, setChosen] = useState<Offered | null>(null);
  const [asked, setAsked] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const sandbox = options.sandbox === true;
  useEffect(() => {
    let gone = false;
    askLinked<{ data: Offered[] }>(linkToken, "GET", `/link/integrations${sandbox ? "?sandbox=true" : ""}`)
      .then(({ data }) => {
        if (!gone) {
          setError(null);
          setOffered(data);
        }
      })
      .catch((refused: unknown) => {
        if (!gone) setError(refused);
      });
    return () => {
      gone = true;
    };
  }, [linkToken, sandbox, asked]);
  const shown = offered === null ? [] : fitting(offered, options);
  const only = shown.length === 1 ? shown[0] : shown.find((one) => one.integration_name === options.integrationId);
  const current = chosen ?? only ?? null;
  const slug = current === null ? "" : `${current.integration_type}/${current.integration_name}`;
  useEffect(() => {
    heading.current?.focus();
  }, [slug, offered]);
  return (
    <main className="dialog">
      <header>
        {options.logo?.startsWith("data:image/") && <img src={options.logo} alt="" />}
        <h1 ref={heading} tabIndex={-1}>
          {current === null ? strings.title : strings.connect(current.display_name)}
        </h1>
        {onClose && (
          <button type="button" onClick={onClose}>
            {strings.close}
          </button>
        )}
      </header>
      {error !== null && <Problem error={error} retry={() => setAsked(asked + 1)} />}
      {offered === null && error === null && <p role="status">{strings.loading}</p>}
      {offered !== null && shown.length === 0 && <p>{strings.none}</p>}
      {current === null && shown.length > 0 && <Chooser systems={shown} onChoose={setChosen} />}
      {current !== null && (
        <Credentials
          key={slug}
          linkToken={linkToken}
          system={current}
          {...connecting}
          {...(only === undefined ? { onBack: () => setChosen(null) } : {})}
        />
      )}
    </main>
  );
}

/** The systems that the page wants shown, of those that the link is for. */
function fitting(offered: Offered[], options: DialogOptions): Offered[] {
  const { integrationType, integrationAllowList: allowed, integrationBlockList: blocked } = options;
  const wanted = options.integrationsWithEndpoints ?? [];
  return offered.filter((one) => {
    if (integrationType !== undefined && one.integration_type !== integrationType) return false;
    if (one.integration_name === "sandbox") return options.sandbox === true;
    if (allowed !== undefined && allowed.length > 0) return allowed.includes(one.integration_name);
    if (blocked?.includes(one.integration_name)) return false;
    return wanted.every((name) => one.available_actions.includes(name));
  });
}
