/** A code that came behind the # of the address, which no server sees. */
import { useEffect, useState } from "react";

/** The code, which does not stay in the address nor in the history. */
export function useCodeInAddress(): string {
  const [code] = useState(() => decoded(window.location.hash.slice(1)));
  useEffect(() => {
    window.history.replaceState(null, "", window.location.pathname);
  }, []);
  return code;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
