/** The write explorer: an account, a write, its fields, and trying it. What is chosen stands in the address. */
import { useState, type ReactNode } from "react";
import { Link, useSearchParams } from "react-router";
import { Part, type PartOf } from "../../components/Part";
import { Problem } from "../../components/Problem";
import { strings as shell } from "../../strings/shell";
import { strings } from "../../strings/writes";
import { chosenWrite, useAccount, useWrite, type Account } from "./account";
import { AccountPicker } from "./AccountPicker";
import { fieldRows, type Write } from "./document";
import { CompareTable, FieldTable } from "./FieldTable";
import type { TryItProps } from "./TryIt";
import "./writes.css";

export { prefetch } from "./account";

/** The form, whose library and validator no other view needs. */
const TRY_IT: PartOf<TryItProps> = { path: "writes/try", load: () => import("./TryIt") };

export default function Writes() {
  const [query, setQuery] = useSearchParams();
  const chosen = query.get("account") ?? "";
  const other = query.get("compare") ?? "";
  const account = useAccount(chosen);
  const compared = useAccount(other);
  const action = chosenWrite(account.data, query.get("action"));
  const write = useWrite(account.data, action);
  const otherWrite = useWrite(compared.data, action);
  const loading = account.isLoading || write.isLoading;
  const trying = query.get("view") === "try";
  const set = (name: string, value: string) => setQuery((before) => withChange(before, name, value));
  const error = account.error ?? write.error ?? otherWrite.error;
  return (
    <>
      <h1>{strings.title}</h1>
      <p>{strings.introduction}</p>
      <AccountPicker
        label={strings.account}
        value={chosen}
        waits={loading}
        onChange={(value) => set("account", value)}
      />
      {error !== null && <Problem error={error} retry={() => void write.refetch()} />}
      {account.data && account.data.writes.length === 0 && <p>{strings.noWrites}</p>}
      {account.data && account.data.writes.length > 0 && (
        <div className="field">
          <label htmlFor="write">{strings.operation}</label>
          <select id="write" value={action} onChange={(event) => set("action", event.target.value)}>
            {account.data.writes.map((one) => (
              <option key={one.action} value={one.action}>{`${one.action}: ${one.url}`}</option>
            ))}
          </select>
        </div>
      )}
      {account.data && write.isLoading && <p role="status">{shell.shell.loading}</p>}
      {account.data && write.data && (
        <>
          <Views trying={trying} to={(view) => `?${withChange(query, "view", view)}`} />
          {write.data.staleness !== null && <p className="fault">{strings.staleValues(write.data.staleness)}</p>}
          <Kept shown={!trying}>
            <AccountPicker
              label={strings.compare}
              value={other}
              waits={loading}
              none={strings.compareNone}
              searchLabel={strings.compareSearch}
              onChange={(value) => set("compare", value)}
            />
            <Fields
              account={account.data}
              write={write.data}
              {...(compared.data ? { other: compared.data, otherWrite: otherWrite.data ?? null } : {})}
            />
            <Rules write={write.data} />
          </Kept>
          <Kept shown={trying}>
            <Part
              of={TRY_IT}
              key={`${chosen} ${action} ${query.get("record") ?? ""}`}
              account={account.data}
              write={write.data}
              editing={query.get("record")}
            />
          </Kept>
        </>
      )}
    </>
  );
}

/** What is made when it is first shown, and then kept as it is while it is hidden. */
function Kept({ shown, children }: { shown: boolean; children: ReactNode }) {
  const [made, setMade] = useState(shown);
  if (shown && !made) setMade(true);
  return made ? <div hidden={!shown}>{children}</div> : null;
}

function withChange(query: URLSearchParams, name: string, value: string): URLSearchParams {
  const after = new URLSearchParams(query);
  if (value === "") after.delete(name);
  else after.set(name, value);
  return after;
}

function Views({ trying, to }: { trying: boolean; to: (view: string) => string }) {
  return (
    <nav className="views" aria-label={strings.views}>
      <Link to={to("")} aria-current={trying ? undefined : "page"}>
        {strings.viewFields}
      </Link>
      <Link to={to("try")} aria-current={trying ? "page" : undefined}>
        {strings.viewTry}
      </Link>
    </nav>
  );
}

interface FieldsProps {
  account: Account;
  write: Write;
  other?: Account;
  otherWrite?: Write | null;
}

function Fields({ account, write, other, otherWrite }: FieldsProps) {
  const rows = fieldRows(write);
  const caption = strings.fields(`${write.method} ${write.path}`);
  if (other === undefined) return <FieldTable caption={caption} rows={rows} />;
  return (
    <CompareTable
      caption={caption}
      left={{ name: `${account.type}/${account.name}`, rows }}
      right={{ name: `${other.type}/${other.name}`, rows: otherWrite ? fieldRows(otherWrite) : [] }}
    />
  );
}

function Rules({ write }: { write: Write }) {
  const leftOut = Object.entries(write.document.info["x-left-out"] ?? {});
  return (
    <>
      {write.rules.length > 0 && (
        <section aria-labelledby="rules">
          <h2 id="rules">{strings.rules}</h2>
          <ul>
            {write.rules.map((rule) => (
              <li key={rule.description}>{rule.description}</li>
            ))}
          </ul>
        </section>
      )}
      {leftOut.length > 0 && (
        <section aria-labelledby="left-out">
          <h2 id="left-out">{strings.leftOut}</h2>
          <ul>
            {leftOut.flatMap(([option, values]) =>
              values.map(({ value, reason }) => (
                <li key={`${option} ${value}`}>
                  <code>{option}</code> <code className="value">{value}</code> {reason}
                </li>
              )),
            )}
          </ul>
        </section>
      )}
    </>
  );
}
