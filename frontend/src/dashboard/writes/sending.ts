/** Idempotency-Keys of what is meant to be sent. */

export interface Keys {
  /** The key of what is meant to be sent: the same however often that is tried, until it has succeeded. */
  of: (intended: string) => string;
  /** It is sent now; its key, which is kept for when the answer is lost. */
  send: (intended: string) => string;
  /** It succeeded; the same once more is another write. */
  settle: (intended: string) => void;
}

export function newKeys(): Keys {
  const underWay = new Map<string, string>();
  let next = { intended: "", key: randomId() };
  const of = (intended: string) => {
    const known = underWay.get(intended);
    if (known === undefined && next.intended !== intended) next = { intended, key: randomId() };
    return known ?? next.key;
  };
  return {
    of,
    send: (intended) => {
      const key = of(intended);
      underWay.set(intended, key);
      return key;
    },
    settle: (intended) => {
      underWay.delete(intended);
      next = { intended, key: randomId() };
    },
  };
}

/** As a UUID is; browsers have `crypto.randomUUID` for https only. */
function randomId(): string {
  const digits = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0"));
  return digits.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
