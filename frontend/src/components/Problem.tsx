/** What went wrong, in the words of whoever refused, with every fault and its place. */
import { Refusal } from "../api";
import { strings } from "../strings/shell";

export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
  const refused = error instanceof Refusal ? error : null;
  return (
    <div className="problem" role="alert">
      <p>{refused ? refused.message : strings.shell.offline}</p>
      {refused && refused.faults.length > 0 && (
        <ul>
          {refused.faults.map((fault, at) => (
            <li key={at}>
              <code>{fault.pointer || "/"}</code> {fault.message}
            </li>
          ))}
        </ul>
      )}
      {refused?.requestId && <p className="quiet">{strings.shell.requestId(refused.requestId)}</p>}
      {retry && (
        <button type="button" onClick={retry}>
          {strings.shell.retry}
        </button>
      )}
    </div>
  );
}
