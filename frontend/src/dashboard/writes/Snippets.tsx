/** What is in the form, as a program would send it. */
import { useState } from "react";
import { CopyButton } from "../../components/CopyButton";
import { Json } from "../../components/Json";
import { strings } from "../../strings/writes";
import { LANGUAGES, snippet, type Language, type Sendable } from "./snippets";

export function Snippets({ sendable }: { sendable: Sendable }) {
  const [language, setLanguage] = useState<Language>("curl");
  const text = snippet(language, sendable);
  return (
    <section aria-labelledby="snippets">
      <h3 id="snippets">{strings.copyAs}</h3>
      <div className="row" role="group" aria-labelledby="snippets">
        {LANGUAGES.map((one) => (
          <button key={one} type="button" aria-pressed={one === language} onClick={() => setLanguage(one)}>
            {one}
          </button>
        ))}
        <CopyButton text={text} />
      </div>
      <Json label={strings.copyAs} value={text} />
    </section>
  );
}
