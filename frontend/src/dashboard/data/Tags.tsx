/** The caller's own tags of a record. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ask } from "../../api";
import { Problem } from "../../components/Problem";
import { strings } from "../../strings/data";

interface TagsProps {
  connection: string;
  path: string;
  tags: unknown;
}

export function Tags({ connection, path, tags }: TagsProps) {
  const client = useQueryClient();
  const [text, setText] = useState("");
  const held = Array.isArray(tags) ? (tags as unknown[]) : [];
  const change = useMutation({
    mutationFn: (wanted: unknown[]) =>
      ask("PUT", `${path}/trackstar-tags`, { connection, body: { trackstar_tags: wanted } }),
    onSuccess: () => setText(""),
    onSettled: () => client.invalidateQueries({ queryKey: ["record", connection] }),
  });
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (text !== "") change.mutate([...held, text]);
      }}
    >
      {held.map((tag, at) => (
        <button
          key={at}
          type="button"
          aria-label={strings.removeTag(shown(tag))}
          onClick={() => change.mutate(held.filter((_, other) => other !== at))}
        >
          {shown(tag)} ×
        </button>
      ))}
      <div className="field">
        <label htmlFor="tag">{strings.tag}</label>
        <input id="tag" value={text} onChange={(event) => setText(event.target.value)} />
      </div>
      <button type="submit" disabled={change.isPending}>
        {strings.addTag}
      </button>
      {change.isError && <Problem error={change.error} />}
    </form>
  );
}

function shown(tag: unknown): string {
  return typeof tag === "string" ? tag : JSON.stringify(tag);
}
