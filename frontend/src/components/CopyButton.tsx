/** Copies a text, and says that it did. */
import { useState } from "react";
import { strings } from "../strings/shell";

export function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState<string | null>(null);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(text);
  };
  return (
    <button type="button" onClick={() => void copy()}>
      {copied === text ? strings.copy.done : strings.copy.copy}
    </button>
  );
}
